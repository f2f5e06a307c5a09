"""SIE 5, the XML format."""
