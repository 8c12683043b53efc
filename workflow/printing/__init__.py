"""Set a signed text for the printer: its layout, a copy from Word or WPS, proofs, sheets for the printer."""
