using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using CliWrap;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// Debian's docker-registry on a free loopback port, over TLS, with token authentication by a <see cref="TokenServer"/>
/// of its own. Everything it needs is made in process or in a temporary folder, which goes away with it.
/// </summary>
public sealed partial class RealRegistry : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("docker-registry-");
    private readonly TestCertificates certificates = TestCertificates.Create();
    private readonly TokenSigner signer = new(TimeProvider.System);
    private readonly RealRegistryOptions options;
    private readonly Channel<string> accessLog = Channel.CreateUnbounded<string>();
    private readonly List<string> requests = [];
    private TokenServer? tokens;
    private CommandTask<CommandResult>? process;

    private RealRegistry(RealRegistryOptions options) => this.options = options;

    /// <summary>The account that may push, and pull private images.</summary>
    public static (string Username, string Password, string Header) Credentials { get; } =
        ("robot$tests", "p:ss", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot$tests:p:ss")));

    /// <summary>As a reference to an image names it: <c>127.0.0.1:34567</c>.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The authority of both servers, as a PEM file.</summary>
    public string CaFile => Path.Combine(folder.FullName, "ca.crt");

    /// <summary>Where tokens are to be had.</summary>
    public Uri Realm => tokens?.Realm ?? throw new InvalidOperationException("The registry has not been started.");

    public IReadOnlyList<TokenRequest> TokenRequests => tokens?.Requests ?? [];

    /// <summary>A token for pulling, good for a minute, for tests that are not about asking for one.</summary>
    public string IssueToken(params IEnumerable<string> repositories) =>
        signer.Sign([.. repositories.Select(repository => new Scope(repository, ["pull"]))]);

    public static async Task<RealRegistry> StartAsync(
        RealRegistryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var registry = new RealRegistry(options ?? new RealRegistryOptions());
        try
        {
            await registry.StartServersAsync(cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>A certificate for this machine and the public names, by the authority of both servers.</summary>
    public X509Certificate2 IssueServer() => certificates.IssueServer(["127.0.0.1", .. options.PublicNames]);

    /// <summary>Ends the registry's process and keeps its images.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (process is null or { Task.IsCompleted: true })
            return;
        await Signal.KillAsync(process.ProcessId);
        await process.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Starts it again with the same images, on a port of its own choice.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await TryServeAsync(attempt, cancellationToken); attempt++)
            continue;
    }

    /// <summary>The requests so far, oldest first: lines in Apache's combined log format.</summary>
    public async Task<IReadOnlyList<string>> RequestsAsync(CancellationToken cancellationToken)
    {
        // Lines come in through a pipe: when the one of this request is there, so are those of all before it.
        var mark = $"?{Guid.NewGuid():n}";
        using var client = CreateClient();
        using var answer = await client.GetAsync(new Uri(mark, UriKind.Relative), cancellationToken);
        while (await accessLog.Reader.ReadAsync(cancellationToken) is var line && !line.Contains(mark))
            requests.Add(line);
        return [.. requests];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (tokens is not null)
            await tokens.DisposeAsync();
        signer.Dispose();
        certificates.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(CaFile, certificates.AuthorityPem, cancellationToken);
        tokens = await TokenServer.StartAsync(IssueServer(), signer, options, cancellationToken);
        var (certificate, key) = TestCertificates.ToPem(IssueServer());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tls.crt"), certificate, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tls.key"), key, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "tokens.crt"), signer.CertificatePem, cancellationToken);
        await ServeAsync(cancellationToken);
    }

    /// <summary>False when another process took the port between its choice and its use.</summary>
    private async Task<bool> TryServeAsync(int attempt, CancellationToken cancellationToken)
    {
        Host = $"127.0.0.1:{FreePort.Next()}";
        var config = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(config, Configuration(), cancellationToken);
        var log = new StringBuilder();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Cli.Wrap("docker-registry")
            .WithArguments(["serve", config])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => accessLog.Writer.TryWrite(line)))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
            {
                log.AppendLine(line);
                if (line.Contains("listening on", StringComparison.Ordinal))
                    listening.TrySetResult();
            }))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(CancellationToken.None);
        await Task.WhenAny(listening.Task, process.Task).WaitAsync(cancellationToken);
        if (listening.Task.IsCompleted)
            return true;

        return attempt < StartAttempts && log.ToString().Contains("address already in use", StringComparison.Ordinal)
            ? false
            : throw new InvalidOperationException($"docker-registry did not start:\n{log}");
    }

    private string Configuration() => $$"""
        version: 0.1
        log: {level: info}
        storage:
          filesystem:
            rootdirectory: {{folder.FullName}}/storage
          delete:
            enabled: true
          maintenance:
            uploadpurging:
              enabled: false
        http:
          addr: {{Host}}
          secret: only-for-upload-state
          tls:
            certificate: {{folder.FullName}}/tls.crt
            key: {{folder.FullName}}/tls.key
        auth:
          token:
            realm: {{Realm}}
            autoredirect: {{(options.PublicNames is [] ? "false" : "true")}}
            service: {{TokenSigner.Service}}
            issuer: {{TokenSigner.Issuer}}
            rootcertbundle: {{folder.FullName}}/tokens.crt
        """;
}
