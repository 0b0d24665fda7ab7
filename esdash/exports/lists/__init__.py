"""The files of a frozen version of the priority list, and the draft of the next one."""
