"""Lines: a document's blocks freed of debris, joined to paragraphs, with their numbers and labels told."""
