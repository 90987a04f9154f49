namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>One word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands there, without quotes; what is wrong with it when it is.</param>
/// <param name="Column">Where it begins, from 1.</param>
/// <param name="Number">Its value when it is a number.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column, double Number = 0)
{
    public string InWords => Kind == TokenKind.End ? "the end" : $"\"{Text}\"";

    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Word && Text == text;
}
