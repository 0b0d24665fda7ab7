"""What may still name an erased person, in words."""

from esdash.inventory.privacy.traces import Trace
from esdash.model.kinds import BY_TABLE, NAMES
from esdash.texts import Text
from esdash.wording import labels


def sentence(text: Text, trace: Trace) -> str:
    """Where it stands, kind, key and field, and the words."""
    kind = labels.kind(text, trace.table) if trace.table in NAMES else trace.table
    known = trace.table in BY_TABLE and trace.field in BY_TABLE[trace.table].by_name
    field = labels.label_of(text, trace.table, trace.field) if known else trace.field
    key = "erase.trace_history" if trace.history else "erase.trace"
    return text(key, kind=kind, record=trace.record_id, field=field, words=trace.words)
