using System.Buffers;
using System.Text.Json;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Manifests as JSON, the same bytes for the same manifest.</summary>
internal static class ManifestText
{
    /// <summary>The manifest with its bytes.</summary>
    public static Manifest Written(Manifest manifest)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
            Write(json, manifest);
        return manifest with { Content = text.WrittenMemory };
    }

    /// <summary>The reference to a manifest that was written.</summary>
    public static Descriptor Describe(Manifest written) => new()
    {
        MediaType = written.MediaType ?? OciMedia.Manifest,
        Digest = Digest.Of(written.Content.Span),
        Size = written.Content.Length,
    };

    private static void Write(Utf8JsonWriter json, Manifest manifest)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", manifest.MediaType);
        if (manifest.ArtifactType is { } type)
            json.WriteString("artifactType", type);
        if (manifest.Config is { } config)
        {
            json.WritePropertyName("config");
            Write(json, config);
            Write(json, "layers", manifest.Layers);
        }
        else
        {
            Write(json, "manifests", manifest.Manifests);
        }

        if (manifest.Subject is { } subject)
        {
            json.WritePropertyName("subject");
            Write(json, subject);
        }

        Write(json, manifest.Annotations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Descriptor> descriptors)
    {
        json.WriteStartArray(name);
        foreach (var descriptor in descriptors)
            Write(json, descriptor);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Descriptor descriptor)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", descriptor.MediaType);
        json.WriteString("digest", descriptor.Digest.ToString());
        json.WriteNumber("size", descriptor.Size);
        if (descriptor.Platform is { } platform)
            Write(json, platform);
        Write(json, descriptor.Annotations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Platform platform)
    {
        json.WriteStartObject("platform");
        json.WriteString("architecture", platform.Architecture);
        json.WriteString("os", platform.Os);
        if (platform.Variant is { } variant)
            json.WriteString("variant", variant);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string> annotations)
    {
        if (annotations.Count == 0)
            return;
        json.WriteStartObject("annotations");
        foreach (var (name, value) in annotations.OrderBy(each => each.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
