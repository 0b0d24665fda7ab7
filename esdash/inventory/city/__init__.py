"""The city: a folder of files that fill the reference tables, and what a changed folder would change.

found = city.compare(inventory, city.read("dessau", city.files_of(folder)))
city.apply(inventory, found, actor, reason)   # importing.undo takes it back
"""

from esdash.inventory.city.applying import CityInUse, apply, read_for
from esdash.inventory.city.cells import read_rows
from esdash.inventory.city.comparing import Comparison, Difference, compare
from esdash.inventory.city.folder import CityFaults, Folder
from esdash.inventory.city.loading import load
from esdash.inventory.city.reading import files_of, read
from esdash.inventory.city.uploads import unpacked
from esdash.inventory.city.uses import Use
from esdash.inventory.city.writing import archive
