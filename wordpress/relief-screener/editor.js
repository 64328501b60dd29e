// The block in the editor: its settings beside the page, and in the place of the form a sheet that says what is set. The form itself does
// not run here. Plain calls of what WordPress has loaded, so that nothing has to be built. What visitors see relief-screener.php prints.

(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement: h } = element;
  const { __ } = i18n;
  const { PanelBody, Placeholder, SelectControl, TextControl, ToggleControl } = components;

  const LABELS = {
    lang: __("Language", "relief-screener"),
    view: __("What it shows", "relief-screener"),
    "help-name": __("Who helps", "relief-screener"),
    "help-phone": __("Phone", "relief-screener"),
    hours: __("Hours of the phone", "relief-screener"),
    "help-url": __("Web page for help", "relief-screener"),
    "reviewed-by": __("Attorney who checked the rules", "relief-screener"),
    "exit-url": __("Where “Leave now” leads", "relief-screener"),
    "heading-level": __("Level of its headings", "relief-screener"),
    scripts: __("No scripts run on this page", "relief-screener"),
  };
  const HELP = {
    "help-phone": __("With the area code. It stands on every screen.", "relief-screener"),
    hours: __("Stands beside the phone where the form cannot run.", "relief-screener"),
    "help-url": __("Begins with https://", "relief-screener"),
    "reviewed-by": __("The form says that this website says so. Leave it empty if nobody has.", "relief-screener"),
    "exit-url": __("A harmless page, with https:// before it. Empty: Wikipedia.", "relief-screener"),
    scripts: __("For a site that strips or forbids them. The form then comes in one piece of 1.4 MB.", "relief-screener"),
  };
  /** What an empty setting means. */
  const USUAL = {
    lang: __("That of the page", "relief-screener"),
    view: __("The form", "relief-screener"),
    "heading-level": "2",
  };
  const KIND = { "help-url": "url", "exit-url": "url", "help-phone": "tel" };

  const languageName = (lang) => {
    const name = new Intl.DisplayNames([lang], { type: "language" }).of(lang);
    return name[0].toLocaleUpperCase(lang) + name.slice(1);
  };
  const nameOf = (setting, value) => {
    if (!value) return USUAL[setting];
    if (setting === "lang") return languageName(value);
    if (setting === "view") return __("The programs in the news", "relief-screener");
    if (setting === "scripts") return __("yes", "relief-screener");
    return value;
  };
  const isAddress = (value) => /^https?:\/\/\S+$/i.test(value);

  function control(setting, { attributes, setAttributes, known }) {
    const value = attributes[setting] ?? "";
    const wrong = KIND[setting] === "url" && value && !isAddress(value);
    const all = {
      key: setting,
      label: LABELS[setting],
      help: wrong ? __("This is no web address: it is not used. It begins with https://", "relief-screener") : HELP[setting],
      onChange: (chosen) => setAttributes({ [setting]: chosen || undefined }),
    };
    if (setting === "scripts")
      return h(ToggleControl, { ...all, checked: value === "none", onChange: (on) => all.onChange(on ? "none" : "") });
    const options = known[setting].enum?.map((one) => ({ value: one, label: nameOf(setting, one) }));
    return options ? h(SelectControl, { ...all, value, options }) : h(TextControl, { ...all, value, type: KIND[setting] ?? "text" });
  }

  function Edit({ name, attributes, setAttributes }) {
    const known = blocks.getBlockType(name).attributes;
    const panel = (title, settings) =>
      h(
        PanelBody,
        { title },
        settings.map((setting) => control(setting, { attributes, setAttributes, known })),
      );
    const given = Object.keys(LABELS).filter((setting) => attributes[setting]);
    const hasHelp = attributes["help-phone"] || attributes["help-url"];
    return [
      h(
        blockEditor.InspectorControls,
        { key: "settings" },
        panel(__("Form", "relief-screener"), ["lang", "view", "exit-url", "heading-level", "scripts"]),
        panel(__("Help from your group", "relief-screener"), ["help-name", "help-phone", "hours", "help-url", "reviewed-by"]),
      ),
      h(
        "div",
        { key: "sheet", ...blockEditor.useBlockProps() },
        h(
          Placeholder,
          { icon: "clipboard", label: __("Screening form", "relief-screener"), isColumnLayout: true },
          h(
            "p",
            { style: { margin: "0 0 8px" } },
            hasHelp
              ? __("Visitors see the form here.", "relief-screener")
              : __("Visitors see the form here. Say beside this page who helps them: a phone or a web page.", "relief-screener"),
          ),
          h(
            "ul",
            { style: { margin: 0, paddingInlineStart: "1.2em" } },
            given.map((setting) => h("li", { key: setting }, `${LABELS[setting]}: ${nameOf(setting, attributes[setting])}`)),
          ),
        ),
      ),
    ];
  }

  blocks.registerBlockType("relief-screener/form", { edit: Edit, save: () => null });
})(window.wp);
