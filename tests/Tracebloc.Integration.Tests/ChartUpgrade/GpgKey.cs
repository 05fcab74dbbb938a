using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>A key pair that gpg has made, in a home of its own, as the keyrings that helm reads.</summary>
internal sealed class GpgKey : IAsyncDisposable
{
    public const string Name = "Chart Tests";

    // gpg's agent listens on a socket there, whose path must be short.
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("gpg-");

    private GpgKey()
    {
    }

    public string SecretRing => Path.Combine(_home.FullName, "secret.gpg");

    public string PublicRing => Path.Combine(_home.FullName, "public.gpg");

    public static async Task<GpgKey> CreateAsync(CancellationToken cancellationToken)
    {
        var key = new GpgKey();
        await key.RunAsync(
            "gpg", ["--passphrase", "", "--quick-generate-key", Name, "rsa2048", "sign", "never"], cancellationToken);
        await key.RunAsync("gpg", ["--output", key.PublicRing, "--export"], cancellationToken);
        await key.RunAsync(
            "gpg", ["--passphrase", "", "--output", key.SecretRing, "--export-secret-keys"], cancellationToken);
        return key;
    }

    /// <summary>Without the test run's token: the agent must end even when the run was cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("gpgconf", ["--kill", "gpg-agent"], CancellationToken.None);
        _home.Delete(recursive: true);
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        string[] quietly = program == "gpg" ? ["--batch", "--quiet", "--pinentry-mode", "loopback"] : [];
        await Cli.Wrap(program)
            .WithArguments([.. quietly, .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("GNUPGHOME", _home.FullName))
            .ExecuteBufferedAsync(cancellationToken);
    }
}
