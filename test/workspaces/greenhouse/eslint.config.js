import eslint from "@eslint/js";
import stylistic from "@stylistic/eslint-plugin";
import tseslint from "typescript-eslint";

export default tseslint.config(
	{ ignores: ["dist/**"] },
	eslint.configs.recommended,
	{
		files: ["**/*.ts"],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		plugins: { "@stylistic": stylistic },
		rules: {
			"@stylistic/indent": ["error", "tab", { SwitchCase: 1, ignoredNodes: ["PropertyDefinition[decorators]"] }],
			"@stylistic/no-mixed-spaces-and-tabs": "error",
			"@stylistic/no-trailing-spaces": "error",
			"@stylistic/quotes": ["error", "double", { avoidEscape: true }],
			"@stylistic/semi": ["error", "always"],
			"@stylistic/comma-dangle": ["error", "always-multiline"],
			"@stylistic/eol-last": ["error", "always"],
			eqeqeq: "error",
			"no-console": "error",
		},
	},
);
