def document(server):
    return {}
