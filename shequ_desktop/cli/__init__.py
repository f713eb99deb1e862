"""The command line (命令行): reads arguments, calls services, speaks. Holds no rule."""
