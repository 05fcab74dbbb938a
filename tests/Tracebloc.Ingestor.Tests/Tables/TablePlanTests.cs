using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests.Tables;

public sealed class TablePlanTests
{
    private static readonly TableShape Houses = new(
    [
        new("rooms", new(SqlBase.Int)), new("P01033|TIMP1", new(SqlBase.VarChar, 80)), new("sold`", new(SqlBase.Date)),
    ]);

    [Fact]
    public void The_statement_names_every_column_between_back_ticks()
    {
        Assert.Equal(
            "CREATE TABLE `houses` (`id` BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
            + "`created_at` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "
            + "`updated_at` DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, "
            + "`status` INT NOT NULL DEFAULT 0, `label` VARCHAR(255), `data_intent` VARCHAR(100), "
            + "`data_id` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, `filename` VARCHAR(255), "
            + "`extension` VARCHAR(10), `annotation` TEXT, `ingestor_id` VARCHAR(255), `rooms` INT, "
            + "`P01033|TIMP1` VARCHAR(80), `sold``` DATE) ENGINE=InnoDB ROW_FORMAT=DYNAMIC "
            + "DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci",
            TablePlan.Create("houses", Houses));
    }

    [Fact]
    public void A_label_of_any_length_is_a_text_and_a_segmentation_has_its_mask()
    {
        var statement = TablePlan.Create("t", new TableShape([], LabelIsText: true, HasMask: true));

        Assert.Contains("`label` TEXT,", statement);
        Assert.Contains("`mask_id` VARCHAR(255)", statement);
    }

    [Fact]
    public void A_table_that_fits_has_no_difference() => Assert.Null(TablePlan.Difference("houses", Houses, Fitting()));

    [Fact]
    public void A_table_that_differs_is_refused_with_every_column()
    {
        var there = Fitting() with
        {
            Engine = "MyISAM",
            UniqueIndex = null,
            Columns =
            [
                .. Fitting().Columns.Where(column => column.Name != "sold`" && column.Name != "rooms"),
                new("rooms", "varchar", "varchar(20)") { Size = 20 },
                new("street", "text", "text"),
            ],
        };

        Assert.Equal(
            "Table houses differs: its engine is MyISAM, not InnoDB; rooms is varchar(20), the data set needs int; "
            + "sold` is missing; street is no column of the data set; data_id is not unique. "
            + "Choose another table, or drop this one",
            TablePlan.Difference("houses", Houses, there));
    }

    [Fact]
    public void Names_of_columns_compare_without_case_and_NULL_is_needed()
    {
        var there = Fitting() with
        {
            Columns = [.. Fitting().Columns.Select(column =>
                column.Name == "rooms" ? column with { Name = "ROOMS", IsNullable = false } : column)],
        };

        Assert.Equal(["rooms refuses NULL"], TablePlan.Compare(Houses, there));
    }

    [Fact]
    public void A_narrower_column_is_refused_by_its_name()
    {
        var there = Fitting() with
        {
            Columns = [.. Fitting().Columns.Select(column => column.Name == "P01033|TIMP1"
                ? new ColumnFacts(column.Name, "varchar", "varchar(10)") { Size = 10 }
                : column)],
        };

        Assert.Equal(
            "Table houses differs: P01033|TIMP1 is varchar(10), the data set needs varchar(80). "
            + "Choose another table, or drop this one",
            TablePlan.Difference("houses", Houses, there));
    }

    [Fact]
    public void A_column_of_an_earlier_version_is_accepted_with_a_remark()
    {
        var shape = Houses with
        {
            Features = [.. Houses.Features, new("area", new(SqlBase.Float)), new("seen", new(SqlBase.Timestamp))],
        };
        var there = Fitting() with
        {
            Columns =
            [
                .. Fitting().Columns, new("Area", "float", "float"), new("seen", "datetime", "datetime"),
            ],
        };

        Assert.Null(TablePlan.Difference("houses", shape, there));
        Assert.Equal(
            [
                "Table houses, column Area is float: values are rounded to 7 digits",
                "Table houses, column seen is datetime: fractions of a second are lost",
            ],
            TablePlan.Remarks("houses", shape, there));
        Assert.Empty(TablePlan.Remarks("houses", Houses, Fitting()));
    }

    private static TableFacts Fitting() => new(
        "InnoDB",
        [
            new("id", "bigint", "bigint") { IsNullable = false },
            new("created_at", "datetime", "datetime"),
            new("updated_at", "datetime", "datetime"),
            new("status", "int", "int"),
            new("label", "varchar", "varchar(255)") { Size = 255 },
            new("data_intent", "varchar", "varchar(100)") { Size = 100 },
            new("data_id", "varchar", "varchar(255)") { Size = 255, IsNullable = false },
            new("filename", "varchar", "varchar(255)") { Size = 255 },
            new("extension", "varchar", "varchar(10)") { Size = 10 },
            new("annotation", "text", "text"),
            new("ingestor_id", "varchar", "varchar(255)") { Size = 255 },
            new("rooms", "int", "int(11)"),
            new("P01033|TIMP1", "varchar", "varchar(80)") { Size = 80 },
            new("sold`", "date", "date"),
        ],
        UniqueIndex: "any");
}
