"""The editor of the scheme: a window beside the main one."""
