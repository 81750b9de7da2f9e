"""How alike two passages are: MinHash signatures, near-duplicate clusters, latent semantic analysis."""
