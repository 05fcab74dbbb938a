using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The environment of programs that image refresh runs; no cluster takes part.</summary>
public sealed class ChildEnvironmentTests : IDisposable
{
    private readonly Canary _secret = Canary.New("credential-helper");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("children-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Answer => Path.Combine(_folder.FullName, "answer");

    public void Dispose() => _folder.Delete(recursive: true);

    // The program itself sets both to /dev/null, for .NET alone.
    [Theory]
    [InlineData("/etc/ssl/company.crt", "/etc/ssl/company")]
    [InlineData("", null)]
    [InlineData(null, "/etc/ssl/company:/etc/ssl/certs")]
    [InlineData(null, null)]
    public async Task A_credential_helper_gets_the_authorities_of_the_user(string? file, string? folder)
    {
        RealParts.SkipWithout(RealParts.Published);
        await using var registry = await FakeRegistry.StartAsync(
            new FakeRegistryOptions { Authentication = FakeAuthentication.Basic }, Cancelled);
        registry.Push("app", "v1", "first");
        WriteHelper();
        var configuration = Path.Combine(_folder.FullName, "refresh.yaml");
        await File.WriteAllTextAsync(
            configuration, $"registries: {{\"{registry.Host}\": {{credentialHelper: telling}}}}\n", Cancelled);
        List<(string, string)> environment = [("PATH", $"{_folder.FullName}:/usr/bin:/bin")];
        if (file is not null) environment.Add(("SSL_CERT_FILE", file));
        if (folder is not null) environment.Add(("SSL_CERT_DIR", folder));

        var result = await PublishedProgram.Start(
            ["resolve", "--config", configuration, $"{registry.Host}/app:v1"], [.. environment]).Result;

        Assert.True(File.Exists(Answer), $"The helper has not run.\n{result.Output}\n{result.Error}");
        Assert.Equal(
            $"{file ?? "unset"} {folder ?? "unset"}\n", await File.ReadAllTextAsync(Answer, Cancelled));
    }

    private void WriteHelper()
    {
        var helper = Path.Combine(_folder.FullName, "docker-credential-telling");
        File.WriteAllText(helper, $$"""
            #!/bin/sh
            echo "${SSL_CERT_FILE-unset} ${SSL_CERT_DIR-unset}" > {{Answer}}
            echo '{"ServerURL": "", "Username": "ann", "Secret": "{{_secret}}"}'

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
