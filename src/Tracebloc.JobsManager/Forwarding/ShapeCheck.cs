using System.Text.Json;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>Compares a body with its shape, piece by piece as it arrives.</summary>
internal sealed class ShapeCheck
{
    private const int Deepest = 16;

    private readonly BodyShape _shape;
    private readonly HashSet<BodyMember> _seen = [];
    private readonly int _depth;
    private BodyMember? _member;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = Deepest });

    public ShapeCheck(BodyShape shape) => (_shape, _depth) = (shape, shape.IsArray ? 1 : 0);

    /// <summary>The reason to refuse the body; null while there is none.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Checks what is complete of a piece.</summary>
    /// <returns>The number of bytes that were checked; the next piece begins after them.</returns>
    public int Read(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        try
        {
            while (Refusal is null && reader.Read()) Refusal = Take(reader);
        }
        catch (JsonException fault)
        {
            Refusal = new(400, $"the body is not JSON of the call's form, near byte {fault.BytePositionInLine ?? 0}");
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private Refusal? Take(in Utf8JsonReader reader)
    {
        var level = reader.CurrentDepth - _depth;
        return level switch
        {
            < 0 => reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray
                ? null
                : new(400, "the body is not an array"),
            0 => TakeObject(reader),
            1 => TakeMember(reader),
            _ => null,
        };
    }

    private Refusal? TakeObject(in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject)
            return _seen.Count == _shape.Members.Count
                ? null
                : new(400, $"the body lacks {_shape.Members.First(member => !_seen.Contains(member)).Name}");
        _seen.Clear();
        return reader.TokenType == JsonTokenType.StartObject ? null : new(400, "the body holds what is not an object");
    }

    private Refusal? TakeMember(in Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) return null;
        if (reader.TokenType == JsonTokenType.PropertyName) return TakeName(reader);
        if (_member is null || !_member.Kinds.Contains(reader.TokenType))
            return new(400, $"the value of {_member?.Name} in the body is of another kind");
        return _member.Accepts(reader)
            ? null
            : new(403, $"{_member.Name} in the body is not {_member.Shown}, for which alone the token is");
    }

    private Refusal? TakeName(in Utf8JsonReader reader)
    {
        _member = null;
        foreach (var member in _shape.Members)
            if (member.IsNamedBy(reader)) _member = member;
        if (_member is null) return new(400, "the body has a member that is not of the call");
        return _seen.Add(_member) ? null : new(400, $"the body has {_member.Name} twice");
    }
}
