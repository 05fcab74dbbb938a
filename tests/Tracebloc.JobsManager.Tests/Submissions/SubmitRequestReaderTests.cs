using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.JobsManager.Submissions;

namespace Tracebloc.JobsManager.Tests.Submissions;

public sealed class SubmitRequestReaderTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public void A_whole_request_is_read()
    {
        var request = Read(
            $$"""{"ingest_config":"a: ä\n","idempotency_key":"k.1_-","image_digest":"{{Digest}}","parallelism":4}""");

        Assert.Equal(
            ("a: ä\n", "k.1_-", Digest, 4),
            (request.Specification, request.Key.Text, request.ImageDigest, request.Parallelism));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void A_data_set_is_replaced_only_where_that_is_asked_for(string value, bool overwrites)
    {
        var plain = Read("{\"idempotency_key\":\"k\",\"ingest_config\":\"a\"}");

        var request = Read($"{{\"idempotency_key\":\"k\",\"ingest_config\":\"a\",\"overwrite\":{value}}}");

        Assert.Equal(overwrites, request.Overwrite);
        Assert.Equal(overwrites, plain.ContentDigest != request.ContentDigest);
    }

    [Fact]
    public void Null_counts_as_absent()
    {
        var request = Read(
            """{"ingest_config":"a","idempotency_key":"k","image_digest":null,"parallelism":null}""");

        Assert.Equal((null, 1), (request.ImageDigest, request.Parallelism));
        Assert.Equal(Read("""{"idempotency_key":"k","ingest_config":"a"}""").ContentDigest, request.ContentDigest);
    }

    [Theory]
    [InlineData("", "The body is not a JSON object in UTF-8")]
    [InlineData("{\"ingest_config\":\"a\",}", "The body is not a JSON object in UTF-8")]
    [InlineData("7", "The body is not a JSON object; write")]
    [InlineData("{\"ingest_config\":\"a\",\"ingest_config\":\"b\",\"idempotency_key\":\"k\"}", "The body is not")]
    [InlineData("{\"ingest_config\":\"\\ud800\",\"idempotency_key\":\"k\"}", "The body is not a JSON object in UTF-8")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"\\udc00\"}", "The body is not a JSON object in UTF-8")]
    [InlineData("{\"ingest_config\":null,\"idempotency_key\":\"k\"}", "ingest_config is missing")]
    [InlineData("{\"ingest_config\":{},\"idempotency_key\":\"k\"}", "ingest_config must be text")]
    [InlineData("{\"ingest_config\":\"a\"}", "idempotency_key is missing")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":7}", "idempotency_key must be text")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"\"}", "idempotency_key must be 1 to 64")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"image_digest\":\"prod\"}", "image_digest must")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"image_digest\":\"\"}", "image_digest must")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"parallelism\":0}", "parallelism must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"parallelism\":65}", "parallelism must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"parallelism\":1.5}", "parallelism must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"parallelism\":\"2\"}", "parallelism must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"overwrite\":1}", "overwrite must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"overwrite\":\"true\"}", "overwrite must be")]
    [InlineData("{\"ingest_config\":\"a\",\"idempotency_key\":\"k\",\"Parallelism\":2}", "Parallelism is not a member")]
    public void A_wrong_member_is_named(string body, string fault)
    {
        Assert.False(SubmitRequestReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out var found));
        Assert.StartsWith(fault, found);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_request()
    {
        byte[] body = [.. "{\"ingest_config\":\""u8, 0xff, .. "\",\"idempotency_key\":\"k\"}"u8];

        Assert.False(SubmitRequestReader.TryRead(body, out _, out var fault));
        Assert.StartsWith("The body is not a JSON object in UTF-8", fault);
    }

    [Fact]
    public void No_bytes_are_a_fault_of_the_program() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes => SubmitRequestReader.TryRead(bytes, out _, out var fault) || fault.Length > 0)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_submissions_have_the_same_digest_exactly_where_they_ask_for_the_same() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonNull<string>, bool, byte, bool)>(),
        ArbMap.Default.ArbFor<(NonNull<string>, bool, byte, bool)>(),
        (left, right) => left.Equals(right) == (Of(left).ContentDigest == Of(right).ContentDigest)
            && Of(left).ContentDigest == Of(left).ContentDigest)
        .QuickCheckThrowOnFailure();

    private static SubmitRequest Of((NonNull<string> Text, bool HasDigest, byte Pods, bool Overwrites) each) => new()
    {
        Key = Some.Key(),
        Specification = each.Text.Get,
        ImageDigest = each.HasDigest ? Digest : null,
        Parallelism = each.Pods,
        Overwrite = each.Overwrites,
    };

    private static SubmitRequest Read(string body) =>
        SubmitRequestReader.TryRead(Encoding.UTF8.GetBytes(body), out var request, out var fault)
            ? request
            : throw new InvalidOperationException(fault);
}
