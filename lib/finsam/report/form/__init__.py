"""How a document is put together: captions, numbers, breaks, margins, and the pages that are their own."""
