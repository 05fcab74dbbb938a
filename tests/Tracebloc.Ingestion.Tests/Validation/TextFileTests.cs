using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class TextFileTests : IDisposable
{
    private const string Expected = "write one line of 2 or 3 fields with tabs between them";

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one\ttwo", null)]
    [InlineData("one\ttwo\tthree\n", null)]
    [InlineData("\uFEFFone\ttwo\r\n", null)]
    [InlineData("", null)]
    [InlineData("one", "has 1 field; " + Expected)]
    [InlineData("a\tb\tc\td", "has 4 fields; " + Expected)]
    [InlineData("a\t \tb", "has an empty field; " + Expected)]
    [InlineData("a\tb\nc\td", "has several lines; " + Expected)]
    [InlineData("a\tb\n\n", "has several lines; " + Expected)]
    public async Task A_text_is_one_line_of_fields(string text, string? fault)
    {
        _folder.With("texts/a.txt", text);

        Assert.Equal(
            fault is null ? [] : [$"texts/a.txt: {fault}"],
            _folder.Printed(await CheckAsync(new(2, 3, MayBeEmpty: true))));
    }

    [Fact]
    public async Task An_empty_file_and_one_that_is_not_text_are_refused()
    {
        _folder.With("texts/a.txt").With("texts/b.txt", [0xff, 0x41]);

        Assert.Equal(
            [
                "texts/a.txt: is empty; write one line of 2 fields with tabs between them",
                "texts/b.txt: is not UTF-8; save it as UTF-8",
            ],
            _folder.Printed(await CheckAsync(new(2, 2))));
    }

    [Fact]
    public async Task Advice_fails_nothing()
    {
        _folder.With("texts/a.txt", "one").With("texts/b.txt", "one\ttwo").With("texts/c.txt", "one");

        var findings = await CheckAsync(new(2, 2, IsAdvice: true));

        Assert.Equal(0, findings.Total);
        Assert.Equal(
            ["Files that are not one line of 2 fields with tabs between them: 2; first: texts/a.txt"], findings.Notes);
    }

    [Fact]
    public async Task A_huge_file_is_not_read()
    {
        _folder.With("texts/a.txt", new byte[(4 << 20) + 1]);

        Assert.Equal(
            ["texts/a.txt: is larger than 4 MiB; write one line of 2 fields with tabs between them"],
            _folder.Printed(await CheckAsync(new(2, 2))));
    }

    private Task<Findings> CheckAsync(FieldRule rule) =>
        SampleFolder.CheckAsync(new RecordShapeValidator(_folder.Texts, rule));
}
