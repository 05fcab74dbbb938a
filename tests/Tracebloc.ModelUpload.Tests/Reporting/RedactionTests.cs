using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Reporting;

namespace Tracebloc.ModelUpload.Tests.Reporting;

public sealed class RedactionTests
{
    private const string Secret = "p\"a+s/s wörd&1";

    public static TheoryData<string> Forms =>
    [
        Secret,
        JsonEncodedText.Encode(Secret).Value,
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant(),
        Uri.EscapeDataString(Secret).Replace("%20", "+", StringComparison.Ordinal),
        Base64(Secret),
        Base64(Secret).TrimEnd('='),
        Base64(Secret).Replace('+', '-').Replace('/', '_'),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Fault_19_a_secret_is_masked_in_every_form(string form) =>
        Assert.Equal("before (secret) after", Of(Secret).Apply($"before {form} after"));

    [Theory]
    [InlineData("u:")]
    [InlineData("us:")]
    [InlineData("user:")]
    public void Fault_19_a_secret_within_a_longer_base64_is_masked(string before)
    {
        var header = Base64($"{before}correct horse battery");
        var masked = Of("correct horse").Apply($"Basic {header}");
        Assert.Contains("(secret)", masked);
        Assert.DoesNotContain(header[8..16], masked);
    }

    [Fact]
    public void A_secret_that_contains_another_is_masked_as_a_whole() =>
        Assert.Equal("(secret)!", Of("abcd", "abcdefgh").Apply("abcdefgh!"));

    [Fact]
    public void A_line_break_in_a_secret_is_masked_as_a_log_escapes_it() =>
        Assert.Equal("(secret)", Of("one\ntwo").Apply("one\\ntwo"));

    [Fact]
    public void Parts_of_any_text_are_no_secrets() => Assert.Equal("a text", Of("", "a", "te").Apply("a text"));

    [Fact]
    public void No_secret_is_left_in_any_text() => Check.QuickThrowOnFailure(
        Prop.ForAll<NonNull<string>, NonNull<string>>((before, after) =>
        {
            var text = Of("hunter2!").Apply($"{before.Get}hunter2!{after.Get}{Base64("hunter2!")}");
            return !text.Contains("hunter2!") && !text.Contains(Base64("hunter2!"));
        }));

    private static Redaction Of(params string[] secrets) => new(secrets.Select(text => new Secret(text)));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
