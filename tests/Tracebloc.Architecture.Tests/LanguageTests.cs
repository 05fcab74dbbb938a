namespace Tracebloc.Architecture.Tests;

/// <summary>Each banned expression is found.</summary>
public sealed class LanguageTests
{
    [Fact]
    public void Every_seed_breaks_the_rules_for_texts_and_pages()
    {
        foreach (var name in new[] { "no text of a program hides its subject", "no page hides its subject" })
        {
            var rule = Assert.Single(Language.Rules, rule => rule.Name == name);
            Assert.Equal(Language.Seeds.Count, rule.Violations(new SourceFile("seed", rule.Seed)).Count());
        }
    }
}
