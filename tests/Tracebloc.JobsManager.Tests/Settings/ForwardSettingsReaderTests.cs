using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Settings;

namespace Tracebloc.JobsManager.Tests.Settings;

public sealed class ForwardSettingsReaderTests
{
    private readonly Dictionary<string, string> _variables = new()
    {
        ["CLIENT_ID"] = "client-7",
        ["CLIENT_PASSWORD"] = " pass word ",
        ["POD_TOKEN_SIGNING_SECRET"] = "0123456789abcdef0123456789abcdef",
    };

    [Fact]
    public void A_minimal_environment_has_defaults()
    {
        var settings = Read();

        Assert.Equal(("client-7", " pass word "), (settings.ClientId, settings.ClientPassword.Reveal()));
        Assert.Equal(("https://api.tracebloc.io/", null), ($"{settings.Backend}", settings.BackendAuthorities));
        Assert.Equal(
            ("0.0.0.0:8888", TimeSpan.FromDays(7), LogLevel.Information),
            ($"{settings.Listen}", settings.TokenLife, settings.LogLevel));
    }

    [Fact]
    public void Every_variable_has_its_setting()
    {
        Set(("CLIENT_ENV", "STG"), ("POD_TOKEN_TTL_SECONDS", "3600"), ("LISTEN", "[::]:1234"), ("LOG_LEVEL", "debug"));
        Set(("BACKEND_CA_FILE", "/ca.crt"));

        var settings = Read();

        Assert.Equal(
            ("https://stg-api.tracebloc.io/", "/ca.crt"), ($"{settings.Backend}", settings.BackendAuthorities));
        Assert.Equal(
            ("[::]:1234", TimeSpan.FromHours(1), LogLevel.Debug),
            ($"{settings.Listen}", settings.TokenLife, settings.LogLevel));
    }

    [Theory]
    [InlineData("http://backend:8000", "http://backend:8000/")]
    [InlineData("https://backend/base", "https://backend/base/")]
    public void A_given_address_of_the_backend_wins(string given, string expected)
    {
        Set(("BACKEND_URL", given));

        Assert.Equal(expected, $"{Read().Backend}");
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        _variables.Clear();
        Set(
            ("POD_TOKEN_SIGNING_SECRET", "0123456789abcdef0123456789abcde"), ("CLIENT_ENV", "local"),
            ("BACKEND_URL", "ftp://x/"), ("BACKEND_CA_FILE", "ca.crt"), ("POD_TOKEN_TTL_SECONDS", "0"),
            ("LISTEN", "8888"), ("LOG_LEVEL", "loud"));

        var message = Assert.Throws<ConfigurationException>(() => Read()).Message;

        Assert.All(
            [
                "CLIENT_ID: is not set", "CLIENT_PASSWORD: is not set", "CLIENT_ENV: is \"local\"",
                "BACKEND_URL: is not an address", "BACKEND_CA_FILE: is \"ca.crt\"",
                "POD_TOKEN_SIGNING_SECRET: is too short", "POD_TOKEN_TTL_SECONDS: is \"0\"",
                "LISTEN: is \"8888\"", "LOG_LEVEL: is \"loud\"",
            ],
            part => Assert.Contains(part, message));
        Assert.DoesNotContain("0123456789abcdef", message);
    }

    private ForwardSettings Read() => ForwardSettingsReader.Read(name => _variables.GetValueOrDefault(name));

    private void Set(params (string Name, string Value)[] variables)
    {
        foreach (var (name, value) in variables) _variables[name] = value;
    }
}
