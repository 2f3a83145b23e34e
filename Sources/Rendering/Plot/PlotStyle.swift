/// The look of all plots.
///
/// Blue against orange-red (after dark: sky blue against orange) from the palette of Okabe and Ito
/// 2008, which the colour-blind can tell apart; the front differs in shape as well. Plain
/// properties instead of variables, because programs that set papers do not know variables.
let plotStyle = """
    .plot text { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; \
    fill: #1b1b1b; }
    .plot .title { font-size: 17px; font-weight: 600; }
    .plot .label { font-size: 13px; }
    .plot .tick, .plot .legend { font-size: 12px; }
    .plot .tick, .plot .note { fill: #555; }
    .plot .note { font-size: 11px; }
    .plot .paper { fill: #fff; }
    .plot .grid { stroke: #e6e6e6; fill: none; }
    .plot .frame { stroke: #8c8c8c; fill: none; }
    .plot .dots { stroke: #0072b2; stroke-linecap: round; fill: none; }
    .plot .trial { stroke: #0072b2; stroke-opacity: 0.35; fill: none; }
    .plot .stairs { stroke: #d55e00; stroke-width: 1.5; fill: none; }
    .plot .attained { fill: #d55e00; fill-opacity: 0.06; }
    .plot .front { fill: #d55e00; stroke: #fff; stroke-width: 1; }
    .plot .mark { font-size: 12px; font-weight: 600; paint-order: stroke; stroke: #fff; \
    stroke-width: 3px; stroke-linejoin: round; }
    .plot .pick { fill: none; stroke: #1b1b1b; stroke-width: 2; }
    @media (prefers-color-scheme: dark) {
      .plot text { fill: #e8e8e8; }
      .plot .tick, .plot .note { fill: #a8adb5; }
      .plot .paper { fill: #17191d; }
      .plot .grid { stroke: #2c3036; }
      .plot .frame { stroke: #6f757e; }
      .plot .dots, .plot .trial { stroke: #56b4e9; }
      .plot .stairs { stroke: #e69f00; }
      .plot .attained { fill: #e69f00; }
      .plot .front { fill: #e69f00; stroke: #17191d; }
      .plot .mark { stroke: #17191d; }
      .plot .pick { stroke: #e8e8e8; }
    }

    """
