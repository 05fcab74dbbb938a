using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;

namespace Tracebloc.MetadataSync.Tests.Schema;

public sealed class SchemaPlanTests
{
    private static readonly KindSet OnlyProject = KindSet.Of([KindTable.All[0]]);

    private static readonly Kind Project = KindTable.All[0];

    [Fact]
    public void An_empty_database_gets_the_own_tables_and_39()
    {
        var plan = Plan(KindSet.Platform, new FoundTables());

        Assert.Equal(4 + 39, plan.Changes.Count);
        Assert.All(plan.Changes, change => Assert.StartsWith("CREATE TABLE IF NOT EXISTS `", change.Sql));
        Assert.StartsWith("sync_migrations: ", plan.Changes[0].Name);
    }

    [Fact]
    public void Whole_tables_need_no_change() =>
        Assert.Empty(Plan(KindSet.Platform, Found.Whole(KindSet.Platform)).Changes);

    [Fact]
    public void A_former_table_of_labels_is_taken_over_in_four_steps()
    {
        var labels = Found.Former(Project).ElementAt(1);

        Assert.Equal(
            [
                "UPDATE `project_labels` SET `value` = COALESCE(`value`, '') WHERE `value` IS NULL",
                "ALTER TABLE `project_labels` "
                    + "MODIFY COLUMN `obj_uid` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                    + "MODIFY COLUMN `key` VARCHAR(317) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, "
                    + "MODIFY COLUMN `value` VARCHAR(63) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
                "DELETE t FROM `project_labels` AS t JOIN (SELECT `obj_uid`, `key`, MAX(`id`) AS `id` FROM "
                    + "`project_labels` GROUP BY `obj_uid`, `key` HAVING COUNT(*) > 1) AS newest ON t.`obj_uid` = "
                    + "newest.`obj_uid` AND t.`key` = newest.`key` AND t.`id` < newest.`id`",
                "ALTER TABLE `project_labels` DROP KEY `project_labels_uid`, DROP KEY `project_labels_key_value`, "
                    + "ADD UNIQUE KEY `by_obj_uid_and_key` (`obj_uid`, `key`), "
                    + "ADD KEY `by_key_and_value_and_obj_uid` (`key`, `value`, `obj_uid`), ALGORITHM=INPLACE, "
                    + "LOCK=NONE",
            ],
            OfTable(labels).Select(change => change.Sql));
    }

    [Fact]
    public void A_former_main_table_gets_the_time_of_eviction_and_columns_of_another_type_anew()
    {
        Assert.Equal(
            [
                "project: note that evicted_time, tier must be filled",
                "project: change uid, group_ver, namespace, name, create_time, update_time, delete_time, proto, tier",
                "project: add evicted_time",
                "project: add keys (namespace, create_time, uid) (create_time, uid) (delete_time, evicted_time, uid, "
                    + "res_version) (evicted_time) (res_version)",
                "project: fill evicted_time",
                "project: fill tier",
            ],
            OfTable(Found.Former(Project).First()).Select(change => change.Name));
        Assert.Contains(
            "DROP COLUMN `tier`, ADD COLUMN `tier` BIGINT NULL", OfTable(Found.Former(Project).First())[1].Sql);
    }

    [Theory]
    [InlineData(ServerKind.MySql, "9.7.4-2", "INSTANT")]
    [InlineData(ServerKind.MySql, "8.0.12", "INSTANT")]
    [InlineData(ServerKind.MySql, "8.0.11", "INPLACE, LOCK=NONE")]
    [InlineData(ServerKind.MySql, "5.7.44-log", "INPLACE, LOCK=NONE")]
    [InlineData(ServerKind.MariaDb, "10.11.18-MariaDB-0+deb12u1", "INSTANT")]
    [InlineData(ServerKind.MariaDb, "5.5.5-10.2.44-MariaDB", "INPLACE, LOCK=NONE")]
    [InlineData(ServerKind.MariaDb, "unknown", "INPLACE, LOCK=NONE")]
    public void A_new_column_is_added_while_the_table_is_in_use(ServerKind kind, string version, string algorithm)
    {
        var table = Found.Of(KindTables.MainOf(Project));
        var without = table with { Columns = [.. table.Columns.Where(column => column.Name != "tier")] };

        var plan = SchemaPlan.Of(OnlyProject, With(without), kind, version);

        Assert.Equal(
            ["project: note that tier must be filled", "project: add tier", "project: fill tier"],
            plan.Changes.Select(change => change.Name));
        Assert.EndsWith($"ADD COLUMN `tier` BIGINT NULL, ALGORITHM={algorithm}", plan.Changes[1].Sql);
    }

    [Fact]
    public void A_filling_that_has_not_ended_goes_on_and_one_of_an_unknown_column_is_left_alone()
    {
        var found = Found.Whole(OnlyProject) with
        {
            Fillings = [new("project", "tier"), new("project", "gone"), new("elsewhere", "tier")],
        };

        Assert.Equal(["project: fill tier"], Plan(OnlyProject, found).Changes.Select(change => change.Name));
    }

    [Fact]
    public void A_wider_column_and_further_columns_and_keys_are_left_as_they_are()
    {
        var table = Found.Of(KindTables.MainOf(Project));
        var wider = table with
        {
            Columns =
            [
                .. table.Columns.Select(column => column.Name == "group_ver"
                    ? column with { Type = SqlType.Parse("varchar(1000)") } : column),
                new("note", SqlType.Parse("text")) { IsNullable = true, HasDefault = true },
            ],
            Keys = [.. table.Keys, new("own", false, ["name"])],
        };

        Assert.Empty(OfTable(wider));
    }

    [Fact]
    public void A_wider_column_of_another_collation_keeps_its_width()
    {
        var table = Found.Of(KindTables.MainOf(Project));
        var other = table with
        {
            Columns =
            [
                .. table.Columns.Select(column => column.Name == "name"
                    ? column with { Type = SqlType.Parse("varchar(300)"), Collation = "utf8mb4_general_ci" } : column),
            ],
        };

        Assert.Equal(
            [
                "ALTER TABLE `project` MODIFY COLUMN `name` VARCHAR(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin "
                    + "NOT NULL",
            ],
            OfTable(other).Select(change => change.Sql));
    }

    [Fact]
    public void A_key_whose_name_is_taken_gets_another()
    {
        var table = Found.Of(KindTables.MainOf(Project));
        var taken = table with
        {
            Keys =
            [
                .. table.Keys.Select(key => key.Columns is ["res_version"] ? key with { Columns = ["name"] } : key),
            ],
        };

        Assert.Matches("ADD KEY `by_[0-9a-f]{40}` \\(`res_version`\\)", Assert.Single(OfTable(taken)).Sql);
    }

    public static TheoryData<string, string> Alien => new()
    {
        { "engine", "has engine MyISAM" },
        { "view", "project is no table" },
        { "primary", "has no primary key (uid)" },
        { "column", "has no column res_version" },
        { "type", "column json of table project is INT" },
        { "default", "column budget of table project has no default" },
    };

    [Theory]
    [MemberData(nameof(Alien))]
    public void A_table_that_is_not_ours_stops_the_migration_before_it_begins(string difference, string fault)
    {
        var table = Found.Of(KindTables.MainOf(Project));
        var alien = difference switch
        {
            "engine" => table with { Engine = "MyISAM" },
            "view" => table with { Engine = "" },
            "primary" => table with { Keys = [.. table.Keys.Skip(1)] },
            "column" => table with { Columns = [.. table.Columns.Where(column => column.Name != "res_version")] },
            "type" => table with { Columns = [.. table.Columns.Select(Numbered)] },
            _ => table with { Columns = [.. table.Columns, new FoundColumn("budget", SqlType.Parse("int"))] },
        };

        var plan = Plan(OnlyProject, With(alien));

        Assert.Empty(plan.Changes);
        Assert.Contains(fault, Assert.Single(plan.Faults));
        Assert.Contains(fault, Assert.Throws<MetadataSyncException>(() => plan.Usable("db:3306")).Message);

        static FoundColumn Numbered(FoundColumn column) =>
            column.Name == "json" ? column with { Type = SqlType.Parse("int") } : column;
    }

    [Fact]
    public void The_tables_of_a_newer_program_are_not_touched()
    {
        var plan = Plan(OnlyProject, Found.Whole(OnlyProject) with { Layout = NeededTables.Layout + 1 });

        Assert.Contains("use the newest version", Assert.Single(plan.Faults));
    }

    [Fact]
    public void Each_missing_column_and_key_is_added_once_and_nothing_else_changes() => Check.QuickThrowOnFailure(
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var kind = KindTable.All[random.Next(KindTable.All.Count)];
            var whole = Found.Of(KindTables.MainOf(kind));
            var partial = whole with
            {
                Columns = [.. whole.Columns.Where(column => !column.IsNullable || random.Next(3) > 0)],
                Keys = [.. whole.Keys.Where(key => key.Name == FoundKey.Primary || random.Next(3) > 0)],
            };
            var needed = KindTables.MainOf(kind);

            var sql = string.Concat(TablePlan.Of(needed, partial, "", kind).Changes.Select(change => $"{change.Sql};"));

            return needed.Columns.All(column =>
                    Count(sql, $"ADD COLUMN {column.Sql}") == (partial.Find(column.Name) is null ? 1 : 0))
                && needed.Keys.All(key => Count(sql, $"ADD {key.Sql(TableShape.NameOf(key))}")
                    == (partial.Keys.Any(one => one.Is(key)) ? 0 : 1))
                && !sql.Contains("MODIFY", StringComparison.Ordinal)
                && !sql.Contains("DROP", StringComparison.Ordinal);
        }));

    private static int Count(string text, string part) =>
        text.Split([$"{part},", $"{part};"], StringSplitOptions.None).Length - 1;

    private static IReadOnlyList<SchemaChange> OfTable(FoundTable table) => Plan(OnlyProject, With(table)).Changes;

    private static FoundTables With(FoundTable table)
    {
        var whole = Found.Whole(OnlyProject);
        return whole with { Tables = new Dictionary<string, FoundTable>(whole.Tables) { [table.Name] = table } };
    }

    private static SchemaPlan Plan(KindSet kinds, FoundTables found) =>
        SchemaPlan.Of(kinds, found, ServerKind.MySql, "8.4.0");
}
