using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Tracebloc.Processes;

namespace Tracebloc.Registry;

/// <summary>
/// Runs credential helpers by docker's protocol: <c>docker-credential-NAME get</c> with the registry on standard input
/// answers with a credential in JSON on standard output. Neither that nor standard error is ever repeated.
/// </summary>
public sealed class CredentialHelperProgram(Func<string, string?> variable, TimeProvider time, ILogger logger)
{
    /// <summary>The deadline of one run: helpers of clouds ask two servers one after another.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    private const int MaxOutput = 64 * 1024;

    // With this on standard output, and a failure, helpers say that they have none
    // (docker-credential-helpers, credentials/error.go).
    private const string NotFound = "credentials not found in native keychain";

    // Marks the secret as an identity token, not a password (docker/cli, cli/config/credentials/native_store.go).
    private const string TokenUser = "<token>";

    private readonly ProgramRunner _process = new(time, logger);

    /// <summary>Runs a helper; see <see cref="RegistryOptions.CredentialHelper"/>.</summary>
    public async Task<Fetched<RegistryCredential>> GetAsync(string helper, string server, CancellationToken token)
    {
        var name = $"docker-credential-{helper}";
        if (ProgramPath.Find(name, variable("PATH")) is not { } file)
            return Failed($"{name}, the credential helper for {server}, is not on PATH; install it there");
        try
        {
            var program = new ProgramRun(file, ["get"], Deadline) { Input = server, MaxOutput = MaxOutput };
            return Read(await _process.RunAsync(program, token), $"{name}, asked for {server},");
        }
        catch (ProgramStartException unusable)
        {
            return Failed(unusable.Message);
        }
    }

    private static Fetched<RegistryCredential> Read(ProgramResult end, string asked)
    {
        if (!end.InTime)
            return Failed($"{asked} timed out after {Deadline.TotalSeconds:0} s and was terminated");
        if (end.ExitCode == 0)
            return ReadAnswer(end.Output, asked);
        if (end.Output.Trim() == NotFound)
            return new() { Verdict = Verdict.NotFound, Message = $"{asked} has no credentials" };
        // The helper's error may quote its input, and this message goes into the report and onto the workload.
        return Failed($"{asked} ended with {end.ExitCode}; run it by hand to see why");
    }

    private static Fetched<RegistryCredential> ReadAnswer(string output, string asked)
    {
        try
        {
            return JsonSerializer.Deserialize(output, HelperJson.Default.HelperAnswer) is { Secret.Length: > 0 } answer
                ? new() { Verdict = Verdict.Ok, Value = CredentialOf(answer) }
                : Failed($"{asked} printed no Secret");
        }
        catch (JsonException)
        {
            return Failed($"{asked} printed no credential in JSON");
        }
    }

    private static RegistryCredential CredentialOf(HelperAnswer answer) => answer.Username == TokenUser
        ? new() { IdentityToken = answer.Secret }
        : new() { Username = answer.Username, Password = answer.Secret };

    private static Fetched<RegistryCredential> Failed(string message) =>
        new() { Verdict = Verdict.Auth, Message = message };
}

/// <summary>The output of a helper; a class and no record, so that it is never printed.</summary>
internal sealed class HelperAnswer
{
    public string? Username { get; set => field = value ?? field; }

    public string? Secret { get; set => field = value ?? field; }
}

// Docker reads helpers with Go: names in any case, and null leaves a field as it is.
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HelperAnswer))]
internal sealed partial class HelperJson : JsonSerializerContext;
