"""List what of applications and titles falls due: for the office clerk's desk, on pages and as workbooks."""
