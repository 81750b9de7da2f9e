"""Charts: numbers -> pictures made on the server, as inline SVG, with a table that holds the same numbers.

Geometry stands in attributes and colours in classes, because the policy of our pages forbids inline styles. Read on in
chart (what a template shows), line_plot (values over years), shares (bars inside a table), steps (the shades of a heat
map), descent (a tree) and scale (the numbers on an axis).
"""
