"""Made-up contents, one for each way through the office."""

from typing import Any

PLAIN: dict[str, Any] = {
    "type": "通知",
    "title": "关于举办文明礼仪讲座的通知",
    "addressees": "省直各单位",
    "body": "现将讲座有关事项通知如下。\n一、时间\n另行通知。\n二、地点\n第一会议室。",
}
URGENT = PLAIN | {"urgency": "特急"}
UNSEALED = PLAIN | {"seal": False}
BY_THE_COMMITTEE = PLAIN | {"agency": "省直文明委"}
ISSUING = PLAIN | {
    "title": "关于印发《文明礼仪讲座方案》的通知",
    "body": "现将《文明礼仪讲座方案》印发给你们，请认真落实。",
    "issued_text": {"title": "文明礼仪讲座方案", "body": "一、目标\n（一）普及礼仪\n1.讲座\n（1）每季一次。"},
    "attachments": [
        {"title": "讲座日程", "body": "| 时间 | 内容 |\n| --- | --- |\n| 上午 | 礼仪 |"},
        {"title": "报名表", "body": "单位：\n姓名："},
    ],
    "copy_to": "省文明办",
    "note": "此件公开发布",
}
