"""The start page in JupyterLab: how a year stands, and the buttons that do what the commands do."""
