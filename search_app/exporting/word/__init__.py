"""Word files: a collection as .docx, with real headings, quotations and endnotes, for Word and WPS alike.

Read on in ``document`` (top to bottom), ``body`` (what each item becomes), ``styles`` (how it looks), ``endnotes`` (the
numbered list of sources), ``elements`` (runs, paragraphs and tables of WordprocessingML).
"""
