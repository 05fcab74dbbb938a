using Microsoft.Extensions.Logging;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class ValueTests
{
    [Theory]
    [InlineData("yes", true)]
    [InlineData("Y", true)]
    [InlineData("TRUE", true)]
    [InlineData("t", true)]
    [InlineData("1", true)]
    [InlineData("On", true)]
    [InlineData("no", false)]
    [InlineData("N", false)]
    [InlineData("False", false)]
    [InlineData("f", false)]
    [InlineData("0", false)]
    [InlineData("OFF", false)]
    public void Booleans_have_the_spellings_of_the_Python_job(string text, bool expected)
    {
        Assert.True(BooleanText.TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("ye")]
    [InlineData("truee")]
    public void Other_words_are_no_booleans(string text) => Assert.False(BooleanText.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1024", 1024)]
    [InlineData("64Mi", 64L << 20)]
    [InlineData("1.5Ki", 1536)]
    [InlineData("2Gi", 2L << 30)]
    [InlineData("1Ti", 1L << 40)]
    [InlineData("1G", 1_000_000_000)]
    [InlineData("5k", 5000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Sizes_are_written_as_quantities(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mi")]
    [InlineData("-1")]
    [InlineData("64MB")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("9999999Ti")]
    [InlineData("99999999999999999999999999999999999")]
    public void Other_texts_are_no_sizes(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("FATAL", LogLevel.Critical)]
    [InlineData("0", LogLevel.Trace)]
    [InlineData("10", LogLevel.Debug)]
    [InlineData("20", LogLevel.Information)]
    [InlineData("30", LogLevel.Warning)]
    [InlineData("35", LogLevel.Warning)]
    [InlineData("40", LogLevel.Error)]
    [InlineData("50", LogLevel.Critical)]
    public void Log_levels_are_names_or_the_numbers_of_Python(string text, LogLevel expected)
    {
        Assert.True(LogLevels.TryParse(text, out var level));
        Assert.Equal(expected, level);
        Assert.Equal(expected, LogLevels.OfProcess(new Dictionary<string, string> { ["LOGLEVEL"] = text }));
        Assert.Equal(expected, Some.Request(("registry-log-level", text)).Registry.LogLevel);
    }

    [Fact]
    public void Without_a_valid_LOGLEVEL_the_process_logs_information()
    {
        Assert.Equal(LogLevel.Information, LogLevels.OfProcess(new Dictionary<string, string>()));
        Assert.Equal(
            "LOGLEVEL is \"loud\"; write debug, info, warning, error, critical, or a number from 0 to 50",
            Some.Error(Some.Read(FakeFiles.None, [("LOGLEVEL", "loud")], [])));
    }

    [Theory]
    [InlineData("source-type", "ftp", "--source-type is \"ftp\"; write s3, oci, uri or pvc")]
    [InlineData("registry-is-secure", "maybe", "--registry-is-secure is \"maybe\"; write true or false")]
    [InlineData("sign", "perhaps", "--sign is \"perhaps\"; write true or false")]
    [InlineData("registry-port", "0", "--registry-port is \"0\"; write a port from 1 to 65535")]
    [InlineData("registry-port", "65536", "--registry-port is \"65536\"; write a port from 1 to 65535")]
    [InlineData("registry-log-level", "x",
        "--registry-log-level is \"x\"; write debug, info, warning, error, critical, or a number from 0 to 50")]
    [InlineData("memory-budget", "1Mi",
        "--memory-budget is \"1Mi\"; write bytes, at least 16777216, such as 67108864, 64Mi or 1G")]
    [InlineData("bandwidth-limit", "fast",
        "--bandwidth-limit is \"fast\"; write bytes, at least 1024, such as 67108864, 64Mi or 1G")]
    [InlineData("rekor-version", "3", "--rekor-version is \"3\"; write 1 or 2")]
    [InlineData("on-failure", "x", "--on-failure is \"x\"; write restore or abandon")]
    public void A_value_that_does_not_fit_is_named_with_a_remedy(string name, string value, string error) =>
        Assert.Equal(error, Some.Error((name, value)));

    [Fact]
    public void A_variable_is_named_as_a_variable() => Assert.Equal(
        "MODEL_SYNC_REGISTRY_PORT is \"x\\ny\"; write a port from 1 to 65535",
        Some.Error(Some.Read(FakeFiles.None, [("MODEL_SYNC_REGISTRY_PORT", "x\ny")], [])));

    [Fact]
    public void The_means_of_a_transfer_have_defaults()
    {
        Assert.Equal(
            new MovingSettings { StoragePath = "/tmp/model-sync" }, Some.Request().Moving);
        Assert.Equal(
            new MovingSettings { StoragePath = "/scratch", MemoryBudget = 64 << 20, BandwidthLimit = 50 << 20 },
            Some.Request(
                ("storage-path", "/scratch"), ("memory-budget", "64Mi"), ("bandwidth-limit", "50Mi/s")).Moving);
    }
}
