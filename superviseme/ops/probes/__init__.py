"""What can be wrong with a site, one module an area, each a tuple of Probe. Preflight and doctor ask from here.

Nothing here changes anything.
"""
