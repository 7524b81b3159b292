"""What people ask is answered."""

from pathlib import Path

from slack_stage import staged


async def test_help_is_answered_to_the_asker_alone(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        body = {
            "token": "unused", "team_id": stage.town.team, "team_domain": "town", "channel_id": general.id, "channel_name": "general",
            "user_id": ana.id, "user_name": "ana", "command": "/badges", "text": "help", "api_app_id": stage.town.app_id,
            "is_enterprise_install": "false", "response_url": stage.town.response_url(), "trigger_id": "1.2.3",
        }  # fmt: skip
        answer = await stage.deliver(body)
        assert (answer.status, answer.body) == (200, "")
        await stage.rest()
        assert stage.town.responses[0]["text"] == "Ask about badges:"
