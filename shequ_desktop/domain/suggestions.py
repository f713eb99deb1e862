"""Suggestion or complaint (意见建议) about the program or the work, for the league to answer. Says nothing of a resident."""

from shequ_desktop.domain.fields import Field, Kind, Privacy, Type
from shequ_desktop.domain.rules import real_date

SUGGESTION = Kind(
    name="suggestion",
    term="意见建议",
    required=("text",),
    fields=(
        Field("text", Type.TEXT, "内容", privacy=Privacy.PERSONAL),
        Field("about_page", Type.TEXT, "关于哪一页"),
        Field("answer", Type.TEXT, "答复", group="answer", privacy=Privacy.PERSONAL),
        Field("answered_on", Type.DATE, "答复日期", group="answer", rules=(real_date,)),
    ),
)
