using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Net.Tests;

/// <summary>The scan for secrets finds them in every shape that a program could give them.</summary>
public sealed class CanaryTests
{
    private static readonly Canary Secret = Canary.New("webhook");

    public static TheoryData<string, Func<string, string>> Shapes => new()
    {
        { "as it is", secret => secret },
        { "within a sentence", secret => $"POST https://hooks/{secret}/x failed" },
        { "in capitals", secret => secret.ToUpperInvariant() },
        { "percent-encoded", secret => string.Concat(Encoding.UTF8.GetBytes(secret).Select(each => $"%{each:X2}")) },
        { "Base64", Base64 },
        { "Base64 of a user and it", secret => Base64($"u:{secret}") },
        { "Base64 of a longer user and it", secret => Base64($"user:{secret}!") },
        { "Base64 for URLs", secret => Base64($"??{secret}").Replace('+', '-').Replace('/', '_') },
        { "Base64 of a docker config", secret => Base64($"{{\"auth\":\"{Base64($"ann:{secret}")}\"}}") },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_secret_is_found_in_every_shape(string shape, Func<string, string> write)
    {
        var text = $"before {write(Secret.Value)} after";

        Assert.True(Secret.IsIn(text), $"not found {shape}");
        Assert.True(Canary.Any.IsIn(text), $"no canary found {shape}");
        Assert.False(Canary.New("webhook").IsIn(text), $"another one found {shape}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("deployment/canary, sha256:0123, Y2FuYXJ5")]
    [InlineData("100 % of %zz")]
    public void Where_there_is_none_none_is_found(string text) => Assert.False(Canary.Any.IsIn(text));

    [Fact]
    public void A_scan_names_the_place_and_the_secret_without_its_value()
    {
        var scan = new LeakScan(Secret).Look("standard error", $"{Secret}").Look("output", "nothing");

        var leak = Assert.Throws<InvalidOperationException>(scan.AssertNone);

        Assert.Equal("standard error holds the secret of webhook", leak.Message);
    }

    [Fact]
    public void A_secret_that_no_scan_was_given_is_found() =>
        Assert.Throws<InvalidOperationException>(new LeakScan().Look("output", $"{Secret}").AssertNone);

    [Fact]
    public void A_secret_is_no_leak_where_it_belongs() =>
        new LeakScan(Secret).Look("the webhook's own request", $"{Secret}", Secret).AssertNone();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
