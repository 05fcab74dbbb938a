namespace Tracebloc.Testing.Registry;

/// <summary>Answers matching requests in place of the server, so many times.</summary>
public sealed class FakeRule(Func<FakeRequest, bool> matches, Func<FakeRequest, FakeReply> answer, int times)
{
    public Func<FakeRequest, bool> Matches { get; } = matches;

    public Func<FakeRequest, FakeReply> Answer { get; } = answer;

    internal int Remaining { get; set; } = times;
}
