using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting.Tests;

public sealed class ProgramLoggingTests : IDisposable
{
    private readonly MemoryStream _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void An_event_below_the_level_is_dropped_and_any_other_is_written_at_once()
    {
        using var logging = new ProgramLogging(new LoggingOptions(), _output);
        var logger = logging.CreateLogger("tick");
        logger.LogDebug("below the level");
        Assert.False(logger.IsEnabled(LogLevel.Debug));
        Assert.False(logger.IsEnabled(LogLevel.None));
        logger.LogInformation("first");
        Assert.Matches("^[0-9:]{8} INF first\n$", Written());
    }

    [Theory]
    [InlineData(LogLevel.Trace, "VRB")]
    [InlineData(LogLevel.Debug, "DBG")]
    [InlineData(LogLevel.Warning, "WRN")]
    [InlineData(LogLevel.Error, "ERR")]
    [InlineData(LogLevel.Critical, "FTL")]
    public void Text_is_one_readable_line(LogLevel level, string name)
    {
        using var logging = new ProgramLogging(new LoggingOptions { MinimumLevel = LogLevel.Trace }, _output);
        logging.CreateLogger("tick").Log(level, "{Image} moved, {Count} left", "web", 2);
        Assert.Matches($"^[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}} {name} web moved, 2 left\n$", Written());
    }

    [Fact]
    public void An_exception_follows_its_line()
    {
        using var logging = new ProgramLogging(new LoggingOptions(), _output);
        logging.CreateLogger("tick").LogError(new InvalidOperationException("broken"), "failed");
        Assert.EndsWith(
            "ERR failed\nSystem.InvalidOperationException: broken\n", Written(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web\n08:00:00 INF all is well", "web\\n08:00:00 INF all is well")]
    [InlineData("web\r\u001b[2K\u0085\u2028x", "web\\r\\u001b[2K\\u0085\\u2028x")]
    public void A_value_adds_no_line_and_no_colour_to_text(string value, string shown)
    {
        using var logging = new ProgramLogging(new LoggingOptions(), _output);
        var logger = logging.CreateLogger("tick");
        logger.LogInformation("{Image} moved", value);
        logger.LogInformation("{Image} moved", new Named(value));
        Assert.Equal(2, Written().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(
            Written().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.EndsWith($" INF {shown} moved", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_adds_no_line_to_a_list_in_text_nor_to_JSON()
    {
        using (var logging = new ProgramLogging(new LoggingOptions(), _output))
            logging.CreateLogger("tick").LogInformation("{Images} moved", [new[] { "a\nb" }]);
        using (var logging = Json())
            logging.CreateLogger("tick").LogInformation("{Image} moved", "a\nb");
        var lines = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("INF [\"a\\nb\"] moved", lines[0], StringComparison.Ordinal);
        Assert.Equal("a\nb moved", JsonDocument.Parse(lines[1]).RootElement.GetProperty("@m").GetString());
    }

    [Fact]
    public void JSON_is_one_compact_object_per_event_with_its_values_beside_it()
    {
        using (var logging = Json())
        {
            var logger = logging.CreateLogger("tick");
            var wait = TimeSpan.FromSeconds(5);
            logger.LogInformation(new EventId(7, "Moved"), "{Image} moved after {Wait}, {Left} left", "it's", wait, 2);
            logger.LogWarning(new InvalidOperationException("broken"), "{@At} is {IsOdd}", "say \"x\"", true);
        }

        var lines = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"@m\":\"it's moved after 00:00:05, 2 left\"", lines[0], StringComparison.Ordinal);

        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.False(first.TryGetProperty("@l", out _));
        Assert.Matches("^[0-9a-f]{8}$", first.GetProperty("@i").GetString());
        Assert.True(first.GetProperty("@t").TryGetDateTimeOffset(out _));
        Assert.Equal(2, first.GetProperty("Left").GetInt32());
        Assert.Equal("00:00:05", first.GetProperty("Wait").GetString());
        Assert.Equal("tick", first.GetProperty("SourceContext").GetString());
        Assert.Equal(7, first.GetProperty("EventId").GetProperty("Id").GetInt32());

        var second = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal("Warning", second.GetProperty("@l").GetString());
        Assert.True(second.GetProperty("IsOdd").GetBoolean());
        Assert.Contains("broken", second.GetProperty("@x").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_holds_lists_and_what_is_absent()
    {
        using (var logging = Json())
            logging.CreateLogger("tick")
                .LogInformation("{Images} {Nothing} {Ratio}", new[] { "a", "b" }, null, double.NaN);
        var json = JsonDocument.Parse(Written()).RootElement;
        Assert.Equal(["a", "b"], json.GetProperty("Images").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("Nothing").ValueKind);
        Assert.Equal("NaN", json.GetProperty("Ratio").GetString());
    }

    [Theory]
    [InlineData("10.0.0.1", false, LogFormat.Json)]
    [InlineData("10.0.0.1", true, LogFormat.Text)]
    [InlineData(null, false, LogFormat.Text)]
    [InlineData("", false, LogFormat.Text)]
    public void A_pod_logs_JSON_and_a_person_reads_text(string? host, bool isTerminal, LogFormat format) =>
        Assert.Equal(
            format, LoggingOptions.FormatFor(name => name == "KUBERNETES_SERVICE_HOST" ? host : null, isTerminal));

    private ProgramLogging Json() => new(new LoggingOptions { Format = LogFormat.Json }, _output);

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());

    private sealed class Named(string name)
    {
        public override string ToString() => name;
    }
}
