"""The cover: what stands around the body (title above, signature below) and what a file states about itself."""
