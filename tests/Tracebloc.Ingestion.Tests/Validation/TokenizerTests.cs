using System.Text;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class TokenizerTests : IDisposable
{
    private static readonly TokenizerRule Required = new(IsRequired: true, "[MASK]", "[PAD]");

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"model": {"type": "WordPiece", "vocab": {"a": 0, "[PAD]": 1, "[MASK]": 2}}}""")]
    [InlineData("""{"model": {"vocab": [["[PAD]", 0.0], ["[MASK]", -1.5], ["a", -2]]}}""")]
    [InlineData("""{"added_tokens": [{"id": 0, "content": "[PAD]"}, {"content": "[MASK]"}], "model": {"vocab": {}}}""")]
    [InlineData("""{"added_tokens": [{"content": "[PAD]"}], "model": {"vocab": {"\u005bMASK\u005d": 1}}}""")]
    public async Task Tokens_are_found_wherever_a_tokenizer_keeps_them(string json) =>
        Assert.Empty(await PrintedAsync(json));

    [Theory]
    [InlineData("""{"model": {"vocab": {"[PAD]": 1}}}""", "has no token [MASK]")]
    [InlineData("""{"model": {"vocab": {"a": "[MASK]", "[PAD]": 1}}}""", "has no token [MASK]")]
    [InlineData("""{"model": {"merges": ["[MASK]"], "vocab": {"[PAD]": 1}}}""", "has no token [MASK]")]
    [InlineData("""{"model": {"vocab": [["a", "[MASK]"], ["[PAD]", 0]]}}""", "has no token [MASK]")]
    [InlineData("""{"vocab": {"[MASK]": 1, "[PAD]": 2}}""", "has no token [MASK] and no token [PAD]")]
    [InlineData("""{"added_tokens": [{"note": {"content": "[MASK]"}, "content": "[PAD]"}]}""", "has no token [MASK]")]
    public async Task A_missing_token_is_named(string json, string fault) => Assert.Equal(
        [$"tokenizer.json: {fault}; add it to the vocabulary and train with that tokenizer"],
        await PrintedAsync(json));

    [Theory]
    [InlineData("", "tokenizer.json:1: is not JSON; export tokenizer.json again")]
    [InlineData("{\n\"model\": x}", "tokenizer.json:2: is not JSON; export tokenizer.json again")]
    public async Task A_damaged_file_is_named_with_its_line(string json, string fault) =>
        Assert.Equal([fault], await PrintedAsync(json));

    [Fact]
    public async Task An_absent_file_is_a_fault_only_where_one_is_required()
    {
        Assert.Equal(
            [
                "tokenizer.json: tokenizer.json does not exist; put a tokenizer beside the folder of the texts, "
                    + "with the tokens [MASK] and [PAD]",
            ],
            _folder.Printed(await CheckAsync(Required)));
        Assert.Empty(_folder.Printed(await CheckAsync(new(IsRequired: false, "[PAD]"))));
    }

    [Fact]
    public async Task A_link_is_not_followed()
    {
        _folder.With("elsewhere.json", """{"model": {"vocab": {"[PAD]": 1, "[MASK]": 2}}}""");
        File.CreateSymbolicLink(_folder.At("tokenizer.json"), _folder.At("elsewhere.json"));

        Assert.EndsWith(
            "is a link; put the file itself there", Assert.Single(_folder.Printed(await CheckAsync(Required))));
    }

    [Fact]
    public async Task A_vocabulary_of_any_size_is_read_through_a_small_buffer()
    {
        var json = new StringBuilder("{\"model\": {\"vocab\": {");
        for (var i = 0; i < 50_000; i++) json.Append($"\"token{i}\": {i}, ");
        json.Append($"\"{new string('x', 200_000)}\": 0, \"[PAD]\": 1, \"[MASK]\": 2}}}}}}");

        Assert.Empty(await PrintedAsync(json.ToString()));
    }

    [Fact]
    public async Task A_token_without_end_is_given_up() =>
        Assert.Equal(
            ["tokenizer.json: has a token of more than 1 MiB; export it again"],
            await PrintedAsync("{\"model\": \"" + new string('x', 2 << 20) + "\"}"));

    [Fact]
    public async Task Damaged_files_never_throw()
    {
        var random = new Random(12);
        var whole = Encoding.UTF8.GetBytes(
            """{"added_tokens": [{"content": "[PAD]"}], "model": {"vocab": [["[MASK]", 0.5], ["a", 1]]}}""");
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = whole.ToArray();
            for (var damage = 0; damage < 3; damage++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _folder.With("tokenizer.json", bytes[..random.Next(bytes.Length + 1)]);

            Assert.InRange((await CheckAsync(Required)).Total, 0, 1);
        }
    }

    private async Task<IReadOnlyList<string>> PrintedAsync(string json)
    {
        _folder.With("tokenizer.json", json);
        return _folder.Printed(await CheckAsync(Required));
    }

    private Task<Findings> CheckAsync(TokenizerRule rule) =>
        SampleFolder.CheckAsync(new TokenizerValidator(_folder.At("tokenizer.json"), rule));
}
