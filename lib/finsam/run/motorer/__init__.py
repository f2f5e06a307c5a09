"""What executes the cells of a section: in this process, or in a kernel."""
