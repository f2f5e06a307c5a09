"""The working copy: the document for Word, to be commented on and never read back."""
