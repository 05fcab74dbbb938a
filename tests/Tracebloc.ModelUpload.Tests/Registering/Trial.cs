using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;
using Tracebloc.Net;
using Tracebloc.Registry;
using Tracebloc.Testing.ModelRegistry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>A registry with one model of another's, and runs against it.</summary>
internal sealed class Trial(FakeModelRegistry registry) : IAsyncDisposable
{
    public const string Token = "s3cr3t-token", Uri = "oci://registry.example/models/llama:2.0",
        Key = "0123456789abcdef";

    public static readonly Digest Digest = Digest.Of("llama"u8);

    public static readonly RetryPauses NoPauses = new(TimeSpan.Zero, () => 0) { First = TimeSpan.Zero };

    public static readonly ModelMetadata Metadata = new(
        new RegisteredModelMetadata { Name = "llama", Owner = "ann", Description = "a model" },
        new ModelVersionMetadata { Name = "2.0", Description = "the second" },
        new ModelArtifactMetadata { Name = "weights", ModelFormatName = "safetensors" });

    public FakeModelRegistry Registry => registry;

    public ModelMetadata? Given { get; init; } = Metadata;

    public FailureState OnFailure { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static async Task<Trial> StartAsync()
    {
        var registry = await FakeModelRegistry.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        registry.Token = Token;
        var model = registry.AddModel("""{"name":"other","state":"LIVE"}""");
        var version = registry.AddVersion(model, """{"name":"1.0","state":"LIVE"}""");
        registry.AddArtifact(version, """
            {"artifactType":"model-artifact","name":"other","state":"LIVE","uri":"oci://old","storageKey":"kept",
             "customProperties":{"a":{"metadataType":"MetadataStructValue","struct_value":"eyJhIjoxfQ=="},
               "b":{"metadataType":"MetadataProtoValue","type":"x.y/Z","proto_value":"CgE+"},
               "c":{"metadataType":"MetadataIntValue","int_value":"7"},
               "d":{"metadataType":"MetadataDoubleValue","double_value":1.50},
               "e":{"metadataType":"MetadataBoolValue","bool_value":true},
               "f":{"metadataType":"MetadataStringValue","string_value":"é <x>"}}}
            """);
        return new Trial(registry);
    }

    /// <summary>The registration that a new process makes.</summary>
    public Registration Start(UploadIntent kind, string key = Key) => Start(Settings(kind), key);

    public Registration Start(IntentSettings intent, string key = Key) =>
        Registration.Of(Client(), intent, Given, new RunIdentity(key) { Author = "bob" });

    public ModelRegistryClient Client(ModelRegistrySettings? settings = null) => ModelRegistryClient.Open(
        settings ?? new() { Address = registry.Address, Token = new Secret(Token) }, null, "model-upload/1.2.3", Time,
        NoPauses);

    public IntentSettings Settings(UploadIntent kind) => new()
    {
        Kind = kind,
        ModelId = kind == UploadIntent.CreateVersion ? "1" : null,
        ModelArtifactId = kind == UploadIntent.UpdateArtifact ? "1" : null,
        OnFailure = OnFailure,
    };

    /// <summary>A whole run.</summary>
    public Task<RegisteredIds> RunAsync(UploadIntent kind, CancellationToken token) => RunAsync(Start(kind), token);

    public static async Task<RegisteredIds> RunAsync(Registration registration, CancellationToken token)
    {
        await registration.CheckAsync(token);
        await registration.BeginAsync(token);
        return await registration.FinishAsync(Uri, Digest, token);
    }

    /// <summary>A run that ends with a token of its own at a call, as a killed process or a terminated one.</summary>
    /// <returns>Its registration, for the undoing of a terminated one.</returns>
    public async Task<Registration> KillAsync(UploadIntent kind, int call, bool afterEffect)
    {
        using var kill = new CancellationTokenSource();
        registry.FailAt(registry.Calls + call, new CallFault(FakeReply.Abort, afterEffect) { OnHit = kill.Cancel });
        var registration = Start(kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(registration, kill.Token));
        return registration;
    }

    /// <summary>The calls of a run that nothing disturbs, and all entries at its end.</summary>
    public static async Task<(int Calls, string End)> UndisturbedAsync(UploadIntent kind)
    {
        await using var trial = await StartAsync();
        await trial.RunAsync(kind, TestContext.Current.CancellationToken);
        return (trial.Registry.Calls, trial.Entries);
    }

    /// <summary>All entries as text.</summary>
    public string Entries => string.Join('\n', [.. Shown(registry.Models), .. Shown(registry.Versions),
        .. Shown(registry.Artifacts)]);

    /// <summary>The states of this run's entries, models first.</summary>
    public string OwnStates => string.Join(' ', registry.Models.Concat(registry.Versions).Concat(registry.Artifacts)
        .Where(entry => (string?)entry["customProperties"]?["model-upload.run"]?["string_value"] is not null)
        .Select(entry => (string?)entry["state"]));

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    // The order of members is that of their changes.
    private static IEnumerable<string> Shown(IEnumerable<JsonObject> entries) => entries.Select(entry =>
        new JsonObject(entry.OrderBy(member => member.Key).Select(member => KeyValuePair.Create(
            member.Key, member.Key == "customProperties" ? Sorted(member.Value) : member.Value?.DeepClone())))
            .ToJsonString());

    private static JsonObject Sorted(JsonNode? map) => new(map!.AsObject().OrderBy(member => member.Key)
        .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
