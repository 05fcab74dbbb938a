using Tracebloc.Cli.Describing;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class FlagTextTests
{
    [Theory]
    [InlineData("512x384", 512, 384)]
    [InlineData("512,384", 512, 384)]
    [InlineData("512 X 384", 512, 384)]
    public void A_size_has_its_width_first(string text, int width, int height) =>
        Assert.Equal((new ImageSize(width, height), null), SizeText.Parse(text));

    [Theory]
    [InlineData("512")]
    [InlineData("0x5")]
    [InlineData("-1x5")]
    [InlineData("5x5x5")]
    [InlineData("axb")]
    [InlineData("99999999999x1")]
    public void Anything_else_is_no_size(string text) =>
        Assert.Equal(
            (null, "is no size; write the width and the height in pixels, such as 512x384"), SizeText.Parse(text));

    [Theory]
    [InlineData("a:INT", "a INT")]
    [InlineData("price:DECIMAL(10,2),zip:varchar(10)", "price DECIMAL(10,2)|zip VARCHAR(10)")]
    [InlineData(" a:b : FLOAT ", "a:b FLOAT")]
    public void A_comma_in_a_type_divides_no_columns(string text, string columns) =>
        Assert.Equal(
            columns,
            string.Join(
                '|', SchemaText.Parse(text).Columns!.Select(column => $"{column.Name} {column.Type.Declared}")));

    [Theory]
    [InlineData("", "has the entry \"\"; write COLUMN:TYPE")]
    [InlineData("a", "has the entry \"a\"; write COLUMN:TYPE")]
    [InlineData("a:", "has the entry \"a:\"; write COLUMN:TYPE")]
    [InlineData(":INT", "has the entry \":INT\"; write COLUMN:TYPE")]
    [InlineData("a:INT,,b:INT", "has the entry \"\"; write COLUMN:TYPE")]
    [InlineData("a:INTEGR", "has a wrong type: \"INTEGR\" is not a column type; did you mean INTEGER?")]
    [InlineData("a:INT,A:INT", "names the column \"A\" twice; remove one")]
    public void A_wrong_schema_names_its_entry(string text, string fault) =>
        Assert.StartsWith(fault, SchemaText.Parse(text).Fault);

    [Theory]
    [InlineData("./Cats & Dogs/", Intent.Train, "cats_dogs_train")]
    [InlineData("/data/houses_test.csv", Intent.Test, "houses_test")]
    [InlineData("2024", Intent.Train, "t_2024_train")]
    [InlineData("___", Intent.Train, "dataset_train")]
    [InlineData("tracebloc_ingest_x", Intent.Train, "t_tracebloc_ingest_x_train")]
    public void A_table_is_suggested_by_the_folder_s_name(string folder, Intent intent, string table)
    {
        Assert.Equal(table, SuggestedTable.For(folder, intent));
        Assert.Null(TableName.Fault(SuggestedTable.For(new string('a', 300) + folder, intent)));
    }
}
