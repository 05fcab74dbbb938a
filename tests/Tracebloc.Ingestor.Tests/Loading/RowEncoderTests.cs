using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestor.Tests.Loading;

public sealed partial class RowEncoderTests : IAsyncDisposable
{
    private static readonly IngestSpecification Images = new()
    {
        Category = "semantic_segmentation",
        Table = "cells",
        Intent = Intent.Test,
        Source = "cells.csv",
        Format = SourceFormat.Csv,
        Label = new("kind", LabelPolicy.Passthrough, null),
        Files = new() { Extension = ".png" },
    };

    private readonly LoadingScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Values_are_encoded_in_the_form_that_was_validated()
    {
        var rows = await _scene.EncodeAsync(
            LoadingScene.Houses,
            "price,street,rooms,sold,other\n 1.50 ,It's\tnew,7.0,2024-12-31,x\nNA,007,NULL,,y\n",
            Token);

        Assert.Equal(
            "100\t1.50\t7\tIt\\'s\\tnew\t2024-12-31\tID\n101\t\\N\t\\N\t007\t\\N\tID\n", Uuid().Replace(rows, "ID"));
    }

    [Fact]
    public async Task Of_several_columns_that_differ_by_case_alone_none_is_read()
    {
        var rows = await _scene.EncodeAsync(LoadingScene.Houses, "PRICE,Price,ROOMS\n1,2,3\n", Token);

        Assert.Equal("100\t\\N\t3\t\\N\t\\N\tID\n", Uuid().Replace(rows, "ID"));
    }

    [Fact]
    public async Task The_columns_of_the_table_follow_the_fields()
    {
        var (reader, encoder) = await _scene.OpenAsync(
            LoadingScene.Houses, "price,street,rooms,sold\n", Token);
        await reader.DisposeAsync();

        var target = encoder.Target("run-1");

        Assert.Equal(["id", "label", "rooms", "street", "sold", "data_id"], target.Columns);
        Assert.Equal(
            [new("data_intent", "train"), new KeyValuePair<string, string?>("ingestor_id", "run-1")], target.Constants);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keypoints_are_stored_and_their_visibility_where_the_schema_declares_it(bool isDeclared)
    {
        var hands = Images with
        {
            Category = "keypoint_detection",
            Schema = isDeclared ? [new("Visibility", new(SqlBase.Text))] : [],
        };
        const string header = "filename,kind,Annotation,Visibility\n";

        var rows = await _scene.EncodeAsync(hands, header + "a.png,open,points,flags\n", Token);
        var (reader, encoder) = await _scene.OpenAsync(hands, header, Token);
        await reader.DisposeAsync();

        string[] columns = isDeclared
            ? ["id", "label", "annotation", "Visibility", "filename", "data_id"]
            : ["id", "label", "annotation", "filename", "data_id"];
        Assert.Equal(columns, encoder.Target("r").Columns);
        Assert.Equal($"100\topen\tpoints\t{(isDeclared ? "flags\t" : "")}a\tID\n", Uuid().Replace(rows, "ID"));
    }

    [Fact]
    public async Task A_row_of_files_has_stem_mask_and_extension()
    {
        var rows = await _scene.EncodeAsync(
            Images, "filename,kind,mask_id\na.b.png,NA,m1\nc, x ,\n", Token);
        var (reader, encoder) = await _scene.OpenAsync(Images, "filename,kind,mask_id\n", Token);
        await reader.DisposeAsync();

        Assert.Equal("100\tNA\tm1\ta.b\tID\n101\tx\t\\N\tc\tID\n", Uuid().Replace(rows, "ID"));
        Assert.Equal(["id", "label", "mask_id", "filename", "data_id"], encoder.Target("r").Columns);
        Assert.Contains(new("extension", ".png"), encoder.Target("r").Constants);
    }

    [Fact]
    public async Task An_id_can_be_a_column()
    {
        var patients = LoadingScene.Houses with { DataId = new(DataIdStrategy.Column, "street") };

        var rows = await _scene.EncodeAsync(patients, "price,street,rooms,sold\n1, A 1 ,2,\n", Token);

        Assert.Equal("100\t1\t2\t\\N\tA 1\n", rows);
    }

    [Fact]
    public async Task An_id_can_be_the_hash_of_the_row()
    {
        var hashed = LoadingScene.Houses with { DataId = new(DataIdStrategy.ContentHash) };

        var ids = (await _scene.EncodeAsync(
                hashed, "price,street,rooms,sold\n1,a,2,\n 1,a,2.0,NA\n1,b,2,\n", Token))
            .TrimEnd('\n').Split('\n').Select(row => row.Split('\t')[^1]).ToList();

        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.All(ids, id => Assert.Equal(64, id.Length));
    }

    [Fact]
    public async Task A_column_that_the_source_lacks_is_NULL()
    {
        Assert.StartsWith(
            "100\t1\t2\t\\N\t\\N\t", await _scene.EncodeAsync(LoadingScene.Houses, "price,rooms\n1,2\n", Token));
    }

    [Fact]
    public async Task A_label_is_found_without_regard_to_case() => Assert.StartsWith(
        "100\t1\t2\t", await _scene.EncodeAsync(LoadingScene.Houses, "PRICE,rooms\n1,2\n", Token));

    [Theory]
    [InlineData("1,many\n", "houses.csv:2: rooms: ")]
    [InlineData("1,2\n1,2.5\n", "houses.csv:3: rooms: ")]
    public async Task A_value_that_was_never_valid_ends_the_load_with_its_line(string rows, string expected)
    {
        var changed = await Assert.ThrowsAsync<IngestorException>(
            () => _scene.EncodeAsync(LoadingScene.Houses, $"price,rooms\n{rows}", Token));

        Assert.StartsWith(expected, changed.Message, StringComparison.Ordinal);
        Assert.EndsWith("do not change it during a run", changed.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
