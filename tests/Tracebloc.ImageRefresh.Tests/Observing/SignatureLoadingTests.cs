using System.Diagnostics;
using System.Security.Cryptography;

namespace Tracebloc.ImageRefresh.Tests.Observing;

/// <summary>The verifier of signatures is not even loaded while nothing has to be verified.</summary>
public sealed class SignatureLoadingTests : IDisposable
{
    private readonly ConfigurationFile _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_loaded_only_for_a_digest_that_is_about_to_be_applied(bool isNew)
    {
        await using var fixture = await TickFixture.StartAsync();
        await fixture.SeenAsync(fixture.Restart());
        if (isNew)
            fixture.Push("manager", "2");
        Write(fixture);

        var loaded = await LoadedAfterTickAsync();

        Assert.Contains("Tracebloc.Registry.dll", loaded);
        Assert.Equal(isNew, loaded.Contains("Tracebloc.Signatures.dll", StringComparison.Ordinal));
        if (!isNew)
            Assert.DoesNotContain("System.Security.Cryptography.Pkcs.dll", loaded, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(TickFixture fixture)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.With("cosign.pub", key.ExportSubjectPublicKeyInfoPem());
        _folder.With("kubeconfig", fixture.Api.Kubeconfig);
        _folder.With("refresh.yaml", $$"""
            {{ConfigurationFile.Head}}namespace: tracebloc
            images:
              - name: manager
                image: {{fixture.Registry.Host}}/tracebloc/manager:prod
                workload: deployment/acme
                action: restart
                verify: {key: cosign.pub}
            """);
    }

    /// <summary>The files that a watch has mapped when it has reported its first tick.</summary>
    private async Task<string> LoadedAfterTickAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "image-refresh");
        var kubeconfig = Path.Combine(Path.GetDirectoryName(_folder.Path) ?? "", "kubeconfig");
        using var process = Process.Start(new ProcessStartInfo(
            program, ["watch", "--config", _folder.Path, "--kubeconfig", kubeconfig, "--interval", "15m"])
        {
            RedirectStandardOutput = true,
        });
        Assert.NotNull(process);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TickFixture.Cancelled);
            Assert.StartsWith("manager", line);
            return await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TickFixture.Cancelled);
        }
        finally
        {
            process.Kill();
        }
    }
}
