using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Security;

/// <summary>A program that leaks a secret on purpose: the scan of every run must find it.</summary>
public sealed class LeakTests
{
    private static readonly Canary Secret = Canary.New("environment");

    [Theory]
    [InlineData("echo $SECRET", "standard output")]
    [InlineData("echo $SECRET >&2", "standard error")]
    [InlineData("printf user:$SECRET | base64 -w0", "standard output")]
    public async Task A_secret_that_a_program_writes_is_found(string script, string place)
    {
        var program = PublishedProgram.StartFile(
            "/bin/sh", ["-c", script], ("SECRET", $"{Secret}"), ("PATH", "/usr/bin:/bin"));

        var leak = await Assert.ThrowsAsync<InvalidOperationException>(() => program.Result);

        Assert.Equal($"{place} holds a secret", leak.Message);
    }

    [Fact]
    public async Task A_secret_on_a_command_line_is_found()
    {
        var program = PublishedProgram.StartFile("/bin/sh", ["-c", "true", $"{Secret}"]).Guarding(Secret);

        var leak = await Assert.ThrowsAsync<InvalidOperationException>(() => program.Result);

        Assert.Equal("the command line holds the secret of environment", leak.Message);
    }
}
