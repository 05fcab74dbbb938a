using System.Text.Json;
using Tracebloc.ChartUpgrade.Helm;

namespace Tracebloc.ChartUpgrade.Tests;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("""{"clientPassword": "hunter2"}""")]
    [InlineData("""{"dockerRegistry": {"password": "hunter2"}}""")]
    [InlineData("""{"env": {"HTTP_PROXY_PASSWORD": "hunter2"}}""")]
    [InlineData("""{"tokens": [{"name": "hunter2"}]}""")]
    [InlineData("""{"apiKey": "hunter2", "other": {"secret": "hunter"}}""")]
    public void A_value_whose_key_sounds_secret_is_hidden(string values) =>
        Assert.Equal("got '***', want more", Of(values).Of("got 'hunter2', want more"));

    [Fact]
    public void Numbers_are_hidden_and_so_is_what_a_message_escapes()
    {
        var redaction = Of("""{"password": 123456, "token": "a\"bc"}""");

        Assert.Equal("*** and ***", redaction.Of("""123456 and a\u0022bc"""));
        Assert.Equal("***", redaction.Of("a\"bc"));
    }

    [Fact]
    public void All_else_stays_readable() =>
        Assert.Equal(
            "image tag prod", Of("""{"image": {"tag": "prod"}, "password": "", "x": null}""").Of("image tag prod"));

    [Theory]
    [InlineData("""{"secretName": "regcred"}""")]
    [InlineData("""{"credentials": {"secretName": "regcred"}}""")]
    [InlineData("""{"imagePullSecrets": ["regcred"]}""")]
    [InlineData("""{"imagePullSecrets": [{"name": "regcred"}]}""")]
    [InlineData("""{"password": "reg", "tokenSeconds": 0}""")]
    public void What_only_names_a_secret_or_is_too_short_for_one_stays_readable(string values) =>
        Assert.Equal("regcred 600", Of(values).Of("regcred 600"));

    [Fact]
    public void A_release_without_values_hides_nothing() => Assert.Equal("a", Of("null").Of("a"));

    private static Redaction Of(string values)
    {
        using var document = JsonDocument.Parse(values);
        return Redaction.OfValues(document.RootElement);
    }
}
