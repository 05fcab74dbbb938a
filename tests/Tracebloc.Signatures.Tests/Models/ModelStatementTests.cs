using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Registry;
using Tracebloc.Signatures.Models;

namespace Tracebloc.Signatures.Tests.Models;

/// <summary>Statements about models, by OpenSSF Model Signing v1.0.</summary>
public sealed class ModelStatementTests
{
    /// <summary>
    /// The digests of the model "deep_model" of sigstore/model-transparency (tests/_signing/testdata/signing): four
    /// files, in order, and the subject that the public implementation computes of them.
    /// </summary>
    private static readonly string[] PublicDigests =
    [
        "6efa14bb03544fcb76045c55f25b9315b6eb5be2d8a85f703193a76b7874c6ff",
        "a9bc149b70b9d325cd68d275d582cfdb98c0347d3ce54590aa6533368daed3d2",
        "5f597e6a92d1324d9adbed43d527926d11d0131487baf315e65ae1ef3b1ca3c0",
        "eaf677c35fec6b87889d9e4563d8bb65dcb9869ca0225697c9cc44cf49dca008",
    ];

    [Fact]
    public void The_subject_is_the_one_of_the_public_implementation()
    {
        var files = PublicDigests.Select(
            (hex, i) => new ModelFile($"d0/d1/d2/d3/d4/f{i}", Digest.Parse($"sha256:{hex}")));

        var statement = Statement(files.Reverse());

        Assert.Equal("18b5a45fe7983f7194e8ffd96c80f5f0ec53191bf4a32b6aff293f043e816d7a", statement.Subject.Hex);
    }

    [Fact]
    public void The_payload_is_the_statement_of_the_specification()
    {
        var statement = Statement([File("b"), File("a")]);

        Assert.Equal(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{\"resources\":["
            + $"{{\"algorithm\":\"sha256\",\"digest\":\"{File("a").Digest.Hex}\",\"name\":\"a\"}},"
            + $"{{\"algorithm\":\"sha256\",\"digest\":\"{File("b").Digest.Hex}\",\"name\":\"b\"}}],"
            + "\"serialization\":{\"allow_symlinks\":false,\"hash_type\":\"sha256\",\"ignore_paths\":[\"model.sig\"],"
            + "\"method\":\"files\"}},\"predicateType\":\"https://model_signing/signature/v1.0\","
            + $"\"subject\":[{{\"digest\":{{\"sha256\":\"{statement.Subject.Hex}\"}},\"name\":\"model\"}}]}}",
            Encoding.UTF8.GetString(statement.ToPayload().Span));
    }

    // U+FF5E stands before U+1F600 by code points, and after it by UTF-16 units.
    [Theory]
    [InlineData("b", "a")]
    [InlineData("a/b", "a.b")]
    [InlineData("\U0001F600", "\uFF5E")]
    [InlineData("é", "z")]
    public void Files_stand_in_the_order_of_their_bytes(string later, string earlier) =>
        Assert.Equal([earlier, later], Statement([File(later), File(earlier)]).Files.Select(file => file.Path));

    [Theory]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("a/../b", "leads out")]
    [InlineData("..", "leads out")]
    [InlineData("./a", "leads out")]
    [InlineData("a//b", "leads out")]
    [InlineData("a/", "leads out")]
    [InlineData("", "without a name")]
    [InlineData("a\0b", "zero")]
    [InlineData("twice", "twice")]
    public void A_name_is_refused(string path, string why)
    {
        Assert.Null(ModelStatement.Of("model", [File("twice"), File(path)], [], out var fault));

        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_Unicode_is_refused()
    {
        Assert.Null(ModelStatement.Of("model", [new ModelFile("a\uD800", Digest.Of("a"u8))], [], out var fault));

        Assert.Equal("a file name is not Unicode", fault);
    }

    [Fact]
    public void An_empty_model_is_refused()
    {
        Assert.Null(ModelStatement.Of("model", [], [], out var fault));

        Assert.Equal("the model has no files", fault);
    }

    [Fact]
    public void A_statement_is_read_as_it_was_written()
    {
        var paths = Gen.Elements(
            "a", "b/c", "a.b", "a/b", "ä b", "\U0001F600", "\"quoted\"", "back\\slash", "new\nline");
        Prop.ForAll(Gen.ListOf(paths).Where(list => list.Count > 0).ToArbitrary(), list =>
        {
            var written = Statement(list.Distinct().Select(File));
            var read = ModelStatement.Read(written.ToPayload().Span, out var fault);
            return fault is null && read is not null && read.Files.SequenceEqual(written.Files)
                && read.ToPayload().Span.SequenceEqual(written.ToPayload().Span);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_order_of_the_Python_tool_is_read_too()
    {
        // By path parts, a/b stands before a.b; by bytes, after it.
        var (first, second) = (File("a/b"), File("a.b"));
        var subject = SHA256.HashData(
            [.. Convert.FromHexString(first.Digest.Hex), .. Convert.FromHexString(second.Digest.Hex)]);
        var payload = Changed(
            [first, second],
            document => document["subject"]![0]!["digest"]!["sha256"] = Convert.ToHexStringLower(subject));

        Assert.NotNull(ModelStatement.Read(payload, out _));
    }

    public static TheoryData<string, string, string> Changes => new()
    {
        { "_type", "https://in-toto.io/Statement/v9", "by its _type" },
        { "predicateType", "https://slsa.dev/provenance/v1", "is not about a model" },
        { "subject.0.digest.sha256", new string('0', 64), "is not the digest of its files" },
        { "predicate.serialization.method", "shards", "hashes by shards" },
        { "predicate.serialization.hash_type", "blake2b", "hashes by blake2b" },
        { "predicate.resources.0.algorithm", "md5", "no SHA-256 digest" },
        { "predicate.resources.0.digest", "00", "no SHA-256 digest" },
        { "predicate.resources.0.digest", new string('0', 64), "is not the digest of its files" },
        { "predicate.resources.0.name", "../a", "leads out" },
        { "predicate.resources.0.name", "b", "twice" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_statement_is_refused(string path, string value, string why)
    {
        var payload = Changed([File("a"), File("b")], document =>
        {
            var names = path.Split('.');
            var parent = names[..^1].Aggregate(
                (JsonNode)document, (node, name) => int.TryParse(name, out var i) ? node[i]! : node[name]!);
            parent[names[^1]] = value;
        });

        Assert.Null(ModelStatement.Read(payload, out var fault));
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_files_must_be_exactly_the_signed_ones()
    {
        var statement = Statement([File("a"), File("b")]);

        Assert.Null(statement.FaultOf([File("b"), File("a")]));
        Assert.Equal("the signed file b is missing", statement.FaultOf([File("a")]));
        Assert.Equal("the file c is not in the signed statement", statement.FaultOf([File("a"), File("b"), File("c")]));
        Assert.StartsWith(
            "the file b has the digest",
            statement.FaultOf([File("a"), new ModelFile("b", Digest.Of("other"u8))]),
            StringComparison.Ordinal);
    }

    private static ModelFile File(string path) => new(path, Digest.Of(Encoding.UTF8.GetBytes(path)));

    private static ModelStatement Statement(IEnumerable<ModelFile> files) =>
        ModelStatement.Of("model", files, ["model.sig"], out var fault) ?? throw new InvalidOperationException(fault);

    private static byte[] Changed(IEnumerable<ModelFile> files, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Statement(files).ToPayload().Span)!.AsObject();
        change(document);
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }
}
