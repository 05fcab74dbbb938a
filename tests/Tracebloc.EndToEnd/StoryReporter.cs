using System.Runtime.CompilerServices;

namespace Tracebloc.EndToEnd;

/// <summary>The voice of one story.</summary>
internal sealed record StoryReporter(Narrator Narrator, string Story)
{
    public void Scene(int number, string title) => Narrator.Say(Story, $"{number,2}  {title}");

    public void Say(string text)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
            Narrator.Say(Story, $"    {line}");
    }

    public void Claim(string claim, bool holds, [CallerArgumentExpression(nameof(holds))] string found = "") =>
        Narrator.Claim(Story, claim, holds, found);

    public void Equal<T>(string claim, T expected, T actual) => Narrator.Claim(
        Story, claim, EqualityComparer<T>.Default.Equals(expected, actual), $"{actual}, not {expected}");
}
