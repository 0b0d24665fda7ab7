"""Figures: a DataFrame and Text go in, a plotly Figure comes out; independent of pages and database."""

from esdash.charts.bars import priorities
from esdash.charts.bundling import bundling
from esdash.charts.district_map import beyond, counted, district_map, face_map, shades
from esdash.charts.freshness import freshness
from esdash.charts.growth import growth
from esdash.charts.key import keys
from esdash.charts.matrix import ON_PAPER, matrix
from esdash.charts.met import met_by_field
from esdash.charts.money import money
from esdash.charts.nearby import nearby
from esdash.charts.network import network, surroundings
from esdash.charts.overlaps import providers
from esdash.charts.place_map import place_map
from esdash.charts.sessions import sessions
from esdash.charts.small_maps import small_maps
from esdash.charts.tie_growth import tie_growth
from esdash.charts.tie_matrix import tie_matrix
from esdash.charts.tile_map import height as tile_map_height
from esdash.charts.tile_map import tile_map
from esdash.charts.timeline import Bar as TimelineBar
from esdash.charts.timeline import timeline
from esdash.charts.voices import voices
from esdash.charts.volunteers import volunteers
from esdash.charts.waterfall import waterfall
from esdash.charts.week import week
