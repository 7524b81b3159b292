"""What the commands do. Imported by a command when it runs, never before."""
