"""The JSON interface under /api/v1: routes, and the OpenAPI document that describes them."""
