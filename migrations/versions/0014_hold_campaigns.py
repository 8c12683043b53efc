"""Hold campaigns: what may be applied for, by whom, and how it is judged"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_categories")),
        sa.UniqueConstraint("name", name=op.f("uq_categories_name")),
    )
    op.create_table(
        "indicator_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("fixed_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["indicator_sets.id"], name=op.f("fk_indicator_sets_based_on_id_indicator_sets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_sets")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_indicator_sets_code_version")),
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("material", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_indicators_points_positive")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["indicators.id"], name=op.f("fk_indicators_parent_id_indicators")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["indicator_sets.id"], name=op.f("fk_indicators_set_id_indicator_sets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("set_id", "code", name=op.f("uq_indicators_set_id_code")),
    )
    op.create_table(
        "applicants",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("credit_code", sa.String(length=64), nullable=True),
        sa.Column("nature", sa.String(length=64), nullable=False),
        sa.Column("recommender_id", sa.Integer(), nullable=True),
        sa.Column("barred_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("recommender_id <> unit_id", name=op.f("ck_applicants_recommended_by_another")),
        sa.ForeignKeyConstraint(
            ["recommender_id"], ["units.id"], name=op.f("fk_applicants_recommender_id_units")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_applicants_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_applicants")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_applicants_credit_code")),
    )
    with op.batch_alter_table("applicants") as applicants:
        applicants.create_index("ix_applicants_recommender", ["recommender_id"], unique=False)

    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_until", sa.Date(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("conferral_type", sa.String(length=64), nullable=False),
        sa.Column("opens_at", sa.String(length=27), nullable=False),
        sa.Column("closes_at", sa.String(length=27), nullable=False),
        sa.Column("late_rule", sa.String(length=64), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("correction_days", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("notice_unit", sa.String(length=64), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("assessors_each", sa.Integer(), nullable=False),
        sa.Column("aggregation", sa.JSON(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("unfiled", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("announced_at", sa.String(length=27), nullable=True),
        sa.Column("frozen_at", sa.String(length=27), nullable=True),
        sa.Column("concluded_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("kind IN ('creation', 'recheck')", name=op.f("ck_campaigns_kind")),
        sa.CheckConstraint("late_rule IN ('refuse', 'finish')", name=op.f("ck_campaigns_late_rule")),
        sa.CheckConstraint("level IN ('own', 'provincial', 'national')", name=op.f("ck_campaigns_level")),
        sa.CheckConstraint("notice_unit IN ('working', 'calendar')", name=op.f("ck_campaigns_notice_unit")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_campaigns_opens_before_it_closes")),
        sa.CheckConstraint("term_from <= term_until", name=op.f("ck_campaigns_term_in_order")),
        sa.CheckConstraint(
            "unfiled IN ('remind', 'warn', 'suspend', 'revoke', 'terminate')",
            name=op.f("ck_campaigns_unfiled"),
        ),
        sa.ForeignKeyConstraint(["after_id"], ["campaigns.id"], name=op.f("fk_campaigns_after_id_campaigns")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_campaigns_agency_id_agencies")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_campaigns_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("public_id", name=op.f("uq_campaigns_public_id")),
    )
    op.create_table(
        "unit_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_unit_names_by_id_users")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_names_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_names")),
    )
    with op.batch_alter_table("unit_names") as unit_names:
        unit_names.create_index(unit_names.f("ix_unit_names_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "campaign_categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("eligibility", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_categories_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["category"], ["categories.code"], name=op.f("fk_campaign_categories_category_categories")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["indicator_sets.id"], name=op.f("fk_campaign_categories_set_id_indicator_sets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_categories")),
        sa.UniqueConstraint(
            "campaign_id", "category", name=op.f("uq_campaign_categories_campaign_id_category")
        ),
    )
    op.create_table(
        "consulted_bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_consulted_bodies_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consulted_bodies")),
    )
    with op.batch_alter_table("consulted_bodies") as consulted_bodies:
        consulted_bodies.create_index(
            consulted_bodies.f("ix_consulted_bodies_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "negative_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("barred", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_negative_items_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negative_items")),
        sa.UniqueConstraint("campaign_id", "code", name=op.f("uq_negative_items_campaign_id_code")),
    )
    with op.batch_alter_table("negative_items") as negative_items:
        negative_items.create_index(
            negative_items.f("ix_negative_items_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "quotas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("recommender_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=64), server_default=sa.text("''"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_quotas_number_positive")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_quotas_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["recommender_id"], ["units.id"], name=op.f("fk_quotas_recommender_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        sa.UniqueConstraint(
            "campaign_id",
            "recommender_id",
            "category",
            name=op.f("uq_quotas_campaign_id_recommender_id_category"),
        ),
    )


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
